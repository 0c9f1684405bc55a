"""The office's page: the same ledger, words and rules as the commands, in a browser on the same PC."""
