void pare_sha256_placeholder(void);
