-- Sections of an application that a colleague or a service provider answers alone. `email` says whose they are: a list for one person asks for it by the column.
select shared.make_record_table('section_assignments', 'assessment', 'email', 'state');
