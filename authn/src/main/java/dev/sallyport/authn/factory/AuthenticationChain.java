package dev.sallyport.authn.factory;

import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.explain.Explainer;
import dev.sallyport.authn.revocation.Revocations;
import dev.sallyport.authn.token.cache.InquiryCounts;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountTokenIssuer;
import dev.sallyport.authn.token.serviceaccount.VerificationKeys;
import java.util.function.Supplier;

/**
 * The first door, put together.
 *
 * @param authenticator judges requests; abstaining means that there was no credential at all and
 *     anonymous requests are off
 * @param tokens judges tokens by themselves, for TokenReview; abstaining means nobody knows it
 * @param apiAudiences the audiences of this API
 * @param issuer signs tokens of service accounts
 * @param keys today's keys by which others may verify them
 * @param explainer tells why a credential is believed or not
 * @param revocations what has been called in; stays empty unless the configuration asks for it
 * @param inquiries how often others were asked about tokens
 */
public record AuthenticationChain(
    Authenticator authenticator,
    TokenAuthenticator tokens,
    Audiences apiAudiences,
    ServiceAccountTokenIssuer issuer,
    Supplier<VerificationKeys> keys,
    Explainer explainer,
    Revocations revocations,
    InquiryCounts inquiries) {}
