package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.jwt.KeySet;
import dev.sallyport.authn.token.oidc.KeyOrigin;
import dev.sallyport.authn.token.oidc.SystemNames;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The document beside an AuthenticationConfiguration, for what kube-apiserver cannot do: names of
 * the prefix {@code system:} that others may give, issuers whose keys stand here, and authorities
 * of client certificates whose holders are named by expressions.
 */
final class SallyportDocument {
  static final String KIND = "SallyportAuthentication";
  private static final String VERSION = "sallyport.dev/v1alpha1";

  private final Set<String> systemNames = new HashSet<>();
  private final Map<String, KeySet> keys = new HashMap<>();
  private final Map<String, Fields> places = new HashMap<>();

  private TrustBundle authorities = TrustBundle.EMPTY;

  private SallyportDocument() {}

  static SallyportDocument read(
      Optional<Fields> fields, FileContent file, Surroundings surroundings) {
    SallyportDocument document = new SallyportDocument();
    fields.ifPresent(found -> document.read(found, file, surroundings));
    return document;
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

  /** Keys for nobody are most likely a misspelled URL. */
  void checkUsed(Set<String> known) {
    places.forEach(
        (url, fields) -> {
          if (!known.contains(url)) {
            fields.fault("issuer", Told.wrong(url, "the url of an issuer in jwt"));
          }
        });
  }

  private void read(Fields fields, FileContent file, Surroundings surroundings) {
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
