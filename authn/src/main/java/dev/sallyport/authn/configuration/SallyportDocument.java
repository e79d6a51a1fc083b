package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.introspection.Introspection;
import dev.sallyport.authn.token.jwt.KeySet;
import dev.sallyport.authn.token.oidc.KeyOrigin;
import dev.sallyport.authn.token.oidc.SystemNames;
import dev.sallyport.authn.token.webhook.RoutedWebhook;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The document beside an AuthenticationConfiguration, for what kube-apiserver cannot do: names of
 * the prefix {@code system:} that others may give, issuers whose keys stand here, authorities of
 * client certificates whose holders are named by expressions, and whom to ask about tokens.
 */
final class SallyportDocument {
  static final String KIND = "SallyportAuthentication";
  private static final String VERSION = "sallyport.dev/v1alpha1";

  private final Set<String> systemNames = new HashSet<>();
  private final Map<String, KeySet> keys = new HashMap<>();
  private final Map<String, Fields> places = new HashMap<>();

  private final NamedFiles files;
  private final Surroundings surroundings;
  private final TokenWebhookReader webhookReader;

  private TrustBundle authorities = TrustBundle.EMPTY;
  private List<Introspection> introspections = List.of();
  private List<RoutedWebhook> webhooks = List.of();

  private SallyportDocument(NamedFiles files, Surroundings surroundings) {
    this.files = files;
    this.surroundings = surroundings;
    this.webhookReader = new TokenWebhookReader(files, surroundings.ownIssuers());
  }

  static SallyportDocument read(
      Optional<Fields> fields, List<FileContent> files, Surroundings surroundings) {
    FileContent file = files.get(0);
    SallyportDocument document =
        new SallyportDocument(new NamedFiles(file.file(), files), surroundings);
    fields.ifPresent(found -> document.read(found, file));
    return document;
  }

  /** Endpoints that are asked about opaque tokens. */
  List<Introspection> introspections() {
    return introspections;
  }

  /** Webhooks that are asked about some tokens. */
  List<RoutedWebhook> webhooks() {
    return webhooks;
  }

  /** Authorities of client certificates with mappings of their own. */
  TrustBundle authorities() {
    return authorities;
  }

  Set<String> systemNames() {
    return systemNames;
  }

  /** The keys that stand here for an issuer, or null. */
  @Nullable KeyOrigin keys(String issuer) {
    KeySet given = keys.get(issuer);
    return given == null ? null : new KeyOrigin.Given(given);
  }

  /**
   * Looks at what is said here of issuers beside what the configuration itself says of them. Keys
   * for nobody are most likely a misspelled URL.
   */
  void checkIssuers(Set<String> known) {
    webhookReader.checkApart(known);
    places.forEach(
        (url, fields) -> {
          if (!known.contains(url)) {
            fields.fault("issuer", Told.wrong(url, "the url of an issuer in jwt"));
          }
        });
  }

  private void read(Fields fields, FileContent file) {
    String version = fields.text("apiVersion");
    if (!version.equals(VERSION)) {
      fields.fault("apiVersion", Told.wrong(version, VERSION));
    }
    for (String name : fields.texts("allowedSystemNames")) {
      if (!name.startsWith("system:")) {
        fields.fault("allowedSystemNames", Told.wrong(name, "a name that begins with system:"));
      }
      systemNames.add(name);
    }
    SystemNames names = AuthenticationFile.names(systemNames, surroundings.systemNames());
    authorities = new AuthorityReader(file, names).read(fields);
    for (Fields of : fields.objects("staticKeys")) {
      staticKeys(of);
    }
    introspections = new IntrospectionReader(files).read(fields);
    webhooks = webhookReader.read(fields);
  }

  private void staticKeys(Fields fields) {
    String issuer = fields.text("issuer");
    KeySet set = KeySet.parse(fields.text("jwks").getBytes(StandardCharsets.UTF_8));
    if (places.put(issuer, fields) != null) {
      fields.fault("issuer", Told.wrong(issuer, "each issuer once"));
    }
    if (set == null) {
      fields.fault("jwks", "expected a JSON Web Key Set with a public RSA or EC key");
    } else {
      keys.put(issuer, set);
    }
  }
}
