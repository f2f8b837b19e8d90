"""Forms and pickers that stand over a screen."""
