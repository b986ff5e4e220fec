"""How people are reached: invitations by mail, kiosks, posters, paper, answers of the past."""
