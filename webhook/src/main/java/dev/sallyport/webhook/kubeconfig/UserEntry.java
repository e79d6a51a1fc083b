package dev.sallyport.webhook.kubeconfig;

import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.webhook.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Who we are to the server. No fault quotes a credential. */
final class UserEntry {

  private static final String CERTIFICATE = "client-certificate";
  private static final String KEY = "client-key";

  private final Fields fields;
  private final NamedFiles files;

  UserEntry(Fields fields, NamedFiles files) {
    this.fields = fields;
    this.files = files;
    var unused = fields.has("extensions");
  }

  Optional<CertifiedKey> identity() {
    Optional<FileContent> certificate = files.content(fields, CERTIFICATE);
    Optional<FileContent> key = files.content(fields, KEY);
    boolean certificateGiven = given(CERTIFICATE);
    if (certificateGiven != given(KEY)) {
      fields.fault(
          certificateGiven ? KEY : CERTIFICATE, "missing (expected: both certificate and key)");
    }
    return certificate.flatMap(
        first ->
            key.flatMap(
                second -> files.parse(fields, KEY, second, any -> CertifiedKey.parse(first, any))));
  }

  private boolean given(String field) {
    return fields.has(field) || fields.has(field + "-data");
  }

  /** The Authorization header's value; a token goes before a name and password. */
  Optional<Secret> authorization() {
    String name = fields.text("username");
    String password = fields.text("password");
    Optional<String> token = token();
    if (token.isPresent()) {
      return Optional.of(new Secret("Bearer " + token.get()));
    }
    if (name.isEmpty() && password.isEmpty()) {
      return Optional.empty();
    }
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Optional.of(new Secret("Basic " + Base64.getEncoder().encodeToString(pair)));
  }

  /** From the file if one is named, since a file can be renewed. */
  private Optional<String> token() {
    String inside = fields.text("token");
    String file = fields.text("tokenFile");
    if (!file.isEmpty()) {
      return files
          .file(fields, "tokenFile", file)
          .flatMap(content -> files.parse(fields, "tokenFile", content, UserEntry::bearer));
    }
    if (inside.isEmpty()) {
      return Optional.empty();
    }
    if (!printable(inside)) {
      fields.fault("token", "holds what cannot stand in a header");
    }
    return Optional.of(inside);
  }

  /**
   * The one line of a file with a bearer token.
   *
   * @throws InvalidFileException when there is none
   */
  static String bearer(FileContent content) throws InvalidFileException {
    String token = new String(content.bytes(), StandardCharsets.UTF_8).strip();
    if (token.isEmpty() || !printable(token)) {
      throw new InvalidFileException(content.file(), "holds no token (expected: one line)");
    }
    return token;
  }

  private static boolean printable(String token) {
    return token.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  void refuseOthers() {
    for (String other :
        List.of("exec", "auth-provider", "as", "as-uid", "as-groups", "as-user-extra")) {
      if (fields.has(other)) {
        fields.fault(
            other, "is not supported here (expected: a certificate, a token or a password)");
      }
    }
  }
}
