package dev.sallyport.authn.token.oidc;

import dev.sallyport.authn.token.jwt.KeySet;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/** Where an issuer's keys come from. Equal origins give the same keys. */
public sealed interface KeyOrigin {

  /**
   * Published by the issuer itself.
   *
   * @param issuer what its discovery document must call itself
   * @param document where that document is
   * @param authorities whom its server's certificate must chain to; empty: the machine's
   * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
   *     Discovery</a>
   */
  record Discovered(String issuer, URI document, List<X509Certificate> authorities)
      implements KeyOrigin {

    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    public Discovered {
      authorities = List.copyOf(authorities);
    }

    /** At the place that follows from the issuer's URL. */
    public static Discovered at(String issuer, List<X509Certificate> authorities) {
      String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
      return new Discovered(issuer, URI.create(base + WELL_KNOWN), authorities);
    }
  }

  /** Written down in the configuration; nothing is fetched. */
  record Given(KeySet keys) implements KeyOrigin {}
}
