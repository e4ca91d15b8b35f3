"""The letters of a tagged PDF matched with its text: what each line should show, and what it shows."""
