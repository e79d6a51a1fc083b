package dev.sallyport.authn.token.oidc;

import java.util.List;
import java.util.Set;

/**
 * An issuer, which of its tokens are accepted, and how they become users. Immutable.
 *
 * @param url the iss claim, exactly
 * @param keys where its keys come from
 * @param audiences the audiences of which a token must have at least one
 * @param algorithms the accepted algorithms, JOSE names
 * @param claimRules what a token's claims must fulfil, all of it
 * @param mapping from claims to the user
 * @param userRules what the user must fulfil, all of it
 */
public record Issuer(
    String url,
    KeyOrigin keys,
    Set<String> audiences,
    Set<String> algorithms,
    List<ClaimRule> claimRules,
    UserMapping mapping,
    List<UserRule> userRules) {

  public Issuer {
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    claimRules = List.copyOf(claimRules);
    userRules = List.copyOf(userRules);
  }
}
