# ClubDesk. Two commands: make demo, make test.
