"""Tables of facts typed from sources: one file a form; each makes drafts of one row and returns its subject."""
