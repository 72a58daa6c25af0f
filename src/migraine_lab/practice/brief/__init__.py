"""The student's own evidence brief: what can be asked, what the rows say, the page, its files, the widget."""
