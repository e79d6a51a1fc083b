package dev.sallyport.authz;

/** The first ALLOW or DENY wins; NO_OPINION asks the next; only ALLOW opens. */
public enum Decision {
  ALLOW,
  DENY,
  NO_OPINION
}
