package dev.sallyport.authn.token.introspection;

import dev.sallyport.authn.token.oidc.ClaimRule;
import dev.sallyport.authn.token.oidc.UserMapping;
import dev.sallyport.authn.token.oidc.UserRule;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An introspection endpoint, which tokens it is asked about, and how its answers become users.
 * Immutable.
 *
 * @param endpoint an https URL
 * @param peer how the endpoint's server proves who it is
 * @param authorization how we prove it, the Authorization header's value
 * @param prefix of the tokens it is asked about; "" for all that are no JSON web signatures
 * @param audiences of which a token must have at least one; empty: the rules decide alone
 * @param claimRules what the answer must fulfil, all of it
 * @param mapping from the answer to the user
 * @param userRules what the user must fulfil, all of it
 * @param timeout for one question, to the last byte of its answer
 * @param cacheTtl how long an answer holds at most; zero: not at all
 */
public record Introspection(
    URI endpoint,
    TlsPeer peer,
    Secret authorization,
    String prefix,
    Set<String> audiences,
    List<ClaimRule> claimRules,
    UserMapping mapping,
    List<UserRule> userRules,
    Duration timeout,
    Duration cacheTtl) {

  public Introspection {
    audiences = Set.copyOf(audiences);
    claimRules = List.copyOf(claimRules);
    userRules = List.copyOf(userRules);
  }
}
