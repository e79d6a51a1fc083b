package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.oidc.ClaimRule;
import dev.sallyport.authn.token.oidc.Issuer;
import dev.sallyport.authn.token.oidc.KeyOrigin;
import dev.sallyport.authn.token.oidc.UserMapping;
import dev.sallyport.authn.token.oidc.UserRule;
import dev.sallyport.config.IssuerUrl;
import dev.sallyport.config.OidcConfig;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the issuers of a file. For one thread, once. */
final class IssuerReader {
  private static final int MOST = 64;
  private static final String ANY = "MatchAny";

  private final FileContent file;
  private final List<String> ownIssuers;
  private final SallyportDocument beside;
  private final Expressions expressions = new Expressions();
  private final Set<String> urls = new HashSet<>();
  private final Set<String> documents = new HashSet<>();

  IssuerReader(FileContent file, List<String> ownIssuers, SallyportDocument beside) {
    this.file = file;
    this.ownIssuers = ownIssuers;
    this.beside = beside;
  }

  /** The good ones; the faults of the others are noted. */
  List<Issuer> read(Fields document) {
    List<Fields> listed = document.objects("jwt");
    if (listed.size() > MOST) {
      document.fault("jwt", listed.size() + " issuers (expected: at most " + MOST + ")");
    }
    List<Issuer> issuers = new ArrayList<>();
    for (Fields jwt : listed) {
      Issuer issuer = issuer(jwt);
      if (issuer != null) {
        issuers.add(issuer);
      }
    }
    return issuers;
  }

  /** The URLs of all issuers that were read, the faulty ones too. */
  Set<String> urls() {
    return urls;
  }

  private @Nullable Issuer issuer(Fields jwt) {
    Fields fields = jwt.object("issuer");
    String url = url(fields);
    KeyOrigin keys = keys(fields, url);
    Set<String> audiences = audiences(fields);
    egress(fields);
    RuleReader rules = new RuleReader(expressions);
    List<ClaimRule> claimRules = rules.claimRules(jwt);
    UserMapping mapping = new MappingReader(expressions, rules.emailVerified()).read(jwt);
    List<UserRule> userRules = rules.userRules(jwt);
    return keys == null || mapping == null
        ? null
        : new Issuer(url, keys, audiences, OidcConfig.ALGORITHMS, claimRules, mapping, userRules);
  }

  private String url(Fields issuer) {
    String url = issuer.text("url");
    if (url.isEmpty()) {
      issuer.fault("url", Told.missing("an https URL"));
      return url;
    }
    IssuerUrl.expected(url).ifPresent(expected -> issuer.fault("url", Told.wrong(url, expected)));
    if (ownIssuers.contains(url)) {
      issuer.fault("url", Told.wrong(url, "another than this server's --service-account-issuer"));
    }
    if (!urls.add(url)) {
      issuer.fault("url", Told.wrong(url, "each issuer once"));
    }
    return url;
  }

  private @Nullable KeyOrigin keys(Fields issuer, String url) {
    List<X509Certificate> authorities = authorities(issuer);
    String discovery = issuer.text("discoveryURL");
    if (!discovery.isEmpty()) {
      checkDiscovery(issuer, url, discovery);
    }
    KeyOrigin given = beside.keys(url);
    if (given != null) {
      return given;
    }
    if (url.isEmpty() || IssuerUrl.expected(url).isPresent()) {
      return null;
    }
    if (discovery.isEmpty()) {
      return KeyOrigin.Discovered.at(url, authorities);
    }
    return IssuerUrl.expected(discovery).isPresent()
        ? null
        : new KeyOrigin.Discovered(url, URI.create(discovery), authorities);
  }

  private void checkDiscovery(Fields issuer, String url, String discovery) {
    IssuerUrl.expected(discovery)
        .ifPresent(expected -> issuer.fault("discoveryURL", Told.wrong(discovery, expected)));
    if (withoutSlash(discovery).equals(withoutSlash(url))) {
      issuer.fault("discoveryURL", Told.wrong(discovery, "another URL than the issuer's own"));
    }
    if (!documents.add(discovery)) {
      issuer.fault("discoveryURL", Told.wrong(discovery, "each discovery URL once"));
    }
  }

  private List<X509Certificate> authorities(Fields issuer) {
    String pem = issuer.text("certificateAuthority");
    if (pem.isEmpty()) {
      return List.of();
    }
    try {
      return Certificates.parse(
          new FileContent(file.file(), pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (InvalidFileException e) {
      issuer.fault("certificateAuthority", e.fault());
      return List.of();
    }
  }

  private static Set<String> audiences(Fields issuer) {
    List<String> listed = issuer.texts("audiences");
    Set<String> audiences = new HashSet<>();
    for (String audience : listed) {
      if (audience.isEmpty() || !audiences.add(audience)) {
        issuer.fault("audiences", Told.wrong(audience, "no empty audience, and each once"));
      }
    }
    if (listed.isEmpty()) {
      issuer.fault("audiences", Told.missing("at least one audience"));
    }
    String policy = issuer.text("audienceMatchPolicy");
    if (!policy.equals(ANY) && !(policy.isEmpty() && listed.size() < 2)) {
      issuer.fault(
          "audienceMatchPolicy", Told.wrong(policy, ANY + ", needed for several audiences"));
    }
    return audiences;
  }

  /** There is no proxy to leave by: what may go straight out from here does, nothing else. */
  private static void egress(Fields issuer) {
    String type = issuer.text("egressSelectorType");
    if (!type.isEmpty() && !type.equals("controlplane")) {
      issuer.fault(
          "egressSelectorType", Told.wrong(type, "controlplane; there is no way into a cluster"));
    }
  }

  private static String withoutSlash(String url) {
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }
}
