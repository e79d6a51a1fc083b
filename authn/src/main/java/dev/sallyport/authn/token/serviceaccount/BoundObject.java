package dev.sallyport.authn.token.serviceaccount;

/** An object that a token names: it is void without exactly this one. */
public record BoundObject(String name, String uid) {}
