"""The reference pages: one file a page, each with one public function that returns its text."""
