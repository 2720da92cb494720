"""Files written anew without some of their rows, and with values of other rows masked; all else stays as it is."""
