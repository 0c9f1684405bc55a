"""Papers and files for others: Word, Excel, Markdown, html."""
