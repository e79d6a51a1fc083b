package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.introspection.Introspection;
import dev.sallyport.authn.token.oidc.ClaimRule;
import dev.sallyport.authn.token.oidc.UserMapping;
import dev.sallyport.authn.token.oidc.UserRule;
import dev.sallyport.config.IssuerUrl;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads introspection endpoints, with rules and mappings as an issuer has them. */
final class IntrospectionReader {
  static final String FIELD = "introspection";
  static final String CLIENT_SECRET = "clientSecretFile";
  static final String BEARER_TOKEN = "bearerTokenFile";

  private static final String CLIENT = "clientID";
  private static final String PREFIX = "tokenPrefix";
  private static final String AUDIENCES = "audiences";
  private static final String AUTHORITY = "certificateAuthority";

  /** An unknown token is asked about at each of them, one after the other. */
  private static final int MOST = 16;

  private final NamedFiles files;
  private final Expressions expressions = new Expressions();

  IntrospectionReader(NamedFiles files) {
    this.files = files;
  }

  /** The good ones; the faults of the others are noted. */
  List<Introspection> read(Fields document) {
    List<Fields> listed = document.objects(FIELD);
    if (listed.size() > MOST) {
      document.fault(FIELD, listed.size() + " endpoints (expected: at most " + MOST + ")");
    }
    List<Introspection> all = new ArrayList<>();
    for (Fields fields : listed) {
      Introspection introspection = introspection(fields);
      if (introspection != null) {
        all.add(introspection);
      }
    }
    return all;
  }

  private @Nullable Introspection introspection(Fields fields) {
    URI endpoint = endpoint(fields);
    TlsPeer peer = TlsPeer.of(authorities(fields));
    Secret authorization = authorization(fields);
    Optional<String> prefix = fields.optionalText(PREFIX);
    if (prefix.isPresent() && prefix.get().isEmpty()) {
      fields.fault(PREFIX, Told.wrong("", "a text, or no " + PREFIX + " for all opaque tokens"));
    }
    RuleReader rules = new RuleReader(expressions);
    List<ClaimRule> claimRules = rules.claimRules(fields);
    Set<String> audiences = audiences(fields, !claimRules.isEmpty());
    UserMapping mapping = new MappingReader(expressions, rules.emailVerified()).read(fields);
    List<UserRule> userRules = rules.userRules(fields);
    Duration timeout =
        Times.read(
            fields,
            "timeout",
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(30));
    Duration cacheTtl =
        Times.read(fields, "cacheTTL", Duration.ofMinutes(1), Duration.ZERO, Duration.ofHours(1));
    return endpoint == null || authorization == null || mapping == null
        ? null
        : new Introspection(
            endpoint,
            peer,
            authorization,
            prefix.orElse(""),
            audiences,
            claimRules,
            mapping,
            userRules,
            timeout,
            cacheTtl);
  }

  private static @Nullable URI endpoint(Fields fields) {
    String url = fields.text("endpoint");
    Optional<String> expected =
        url.isEmpty() ? Optional.of("an https URL") : IssuerUrl.expected(url);
    expected.ifPresent(right -> fields.fault("endpoint", Told.wrong(url, right)));
    return expected.isPresent() ? null : URI.create(url);
  }

  private List<X509Certificate> authorities(Fields fields) {
    String pem = fields.text(AUTHORITY);
    try {
      return pem.isEmpty()
          ? List.of()
          : Certificates.parse(
              new FileContent(files.config(), pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (InvalidFileException e) {
      fields.fault(AUTHORITY, e.fault());
      return List.of();
    }
  }

  /** Who is not told whose tokens are meant for us would let in what any client was given. */
  private static Set<String> audiences(Fields fields, boolean rules) {
    Set<String> audiences = new HashSet<>();
    for (String audience : fields.texts(AUDIENCES)) {
      if (audience.isEmpty() || !audiences.add(audience)) {
        fields.fault(AUDIENCES, Told.wrong(audience, "no empty audience, and each once"));
      }
    }
    if (audiences.isEmpty() && !rules) {
      fields.fault(
          AUDIENCES,
          Told.missing("at least one audience, or claimValidationRules that take its place"));
    }
    return audiences;
  }

  private @Nullable Secret authorization(Fields fields) {
    boolean client = fields.has(CLIENT) || fields.has(CLIENT_SECRET);
    boolean bearer = fields.has(BEARER_TOKEN);
    if (client == bearer) {
      fields.fault("expected either " + CLIENT + " with " + CLIENT_SECRET + ", or " + BEARER_TOKEN);
      return null;
    }
    if (bearer) {
      String token = files.parse(fields, BEARER_TOKEN, NamedFiles::secret);
      return token == null ? null : new Secret("Bearer " + token);
    }
    if (fields.text(CLIENT).isEmpty() || fields.text(CLIENT_SECRET).isEmpty()) {
      fields.fault(
          fields.text(CLIENT).isEmpty() ? CLIENT : CLIENT_SECRET,
          Told.missing("both " + CLIENT + " and " + CLIENT_SECRET));
      return null;
    }
    String secret = files.parse(fields, CLIENT_SECRET, NamedFiles::secret);
    return secret == null ? null : basic(fields.text(CLIENT), secret);
  }

  /** Both are encoded as in a form first (RFC 6749, 2.3.1). */
  private static Secret basic(String client, String secret) {
    String pair = encoded(client) + ":" + encoded(secret);
    return new Secret(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
