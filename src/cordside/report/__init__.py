"""Result rows drawn as tables, figures and pages. Nothing is computed here."""
