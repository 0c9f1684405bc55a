"""Commands that send forms to units and take them back."""
