package dev.sallyport.authn.union;

/**
 * A way in and what the log and explanations call it.
 *
 * @param name a word in lower case, such as service-account
 * @param <W> an authenticator of requests or of tokens
 */
public record Way<W>(String name, W authenticator) {}
