package dev.sallyport.api;

/**
 * The question an authorizer answers: may this user do this.
 *
 * @param user who asks
 * @param request what is asked
 */
public record Attributes(UserInfo user, RequestInfo request) {}
