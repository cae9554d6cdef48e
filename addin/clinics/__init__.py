"""Plans clinics: in come a reviewed markbook and the sheet `Clinics`, out go groups, the register, and files to take along."""
