"""Commands that make papers: bulletins, assessments, reminders."""
