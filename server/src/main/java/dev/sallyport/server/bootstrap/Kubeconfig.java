package dev.sallyport.server.bootstrap;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A kubeconfig with one cluster, one user and one context, everything inside the one file.
 *
 * @param server the server's URL
 * @param authorities PEM text that the server's certificate is checked with
 * @param user the user's name in the file
 * @param credential the lines of the file that say by what the user is known
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">kubeconfig
 *     files</a>
 */
public record Kubeconfig(String server, String authorities, String user, List<String> credential) {

  public Kubeconfig {
    credential = List.copyOf(credential);
  }

  /** Of a user with a certificate and its key. */
  public Kubeconfig(String server, String authorities, String user, CertifiedKey pair) {
    this(
        server,
        authorities,
        user,
        List.of(
            "client-certificate-data: " + base64(PemWriter.certificates(pair.chain())),
            "client-key-data: " + base64(PemWriter.clientKey(pair))));
  }

  /** Of a user with a bearer token. */
  public static Kubeconfig ofToken(String server, String authorities, String user, String token) {
    return new Kubeconfig(server, authorities, user, List.of("token: " + quote(token)));
  }

  /** The file's text. Holds the key or the token: write it for its owner only. */
  public String text() {
    return String.join(
        "\n",
        List.of(
            "apiVersion: v1",
            "kind: Config",
            "clusters:",
            "- name: sallyport",
            "  cluster:",
            "    server: " + server,
            "    certificate-authority-data: " + base64(authorities),
            "users:",
            "- name: " + quote(user),
            "  user:",
            "    " + String.join("\n    ", credential),
            "contexts:",
            "- name: sallyport",
            "  context:",
            "    cluster: sallyport",
            "    user: " + quote(user),
            "current-context: sallyport",
            ""));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON string, which YAML reads too. */
  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c < ' ' || c == 0x7f) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    return out.append('"').toString();
  }

  /** Prints no secret. */
  @Override
  public String toString() {
    return "Kubeconfig[" + server + ", " + user + "]";
  }
}
