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

  private static final String OWN = "sallyport";

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
    return text(List.of(OWN), List.of(server));
  }

  /**
   * As {@link #text()}, with a context for each of the clusters that the server stands before.
   *
   * @param names as they stand in the paths of {@code /clusters}; the first is the current one
   */
  public String clusters(List<String> names) {
    return text(names, names.stream().map(name -> server + "/clusters/" + name).toList());
  }

  private String text(List<String> names, List<String> servers) {
    StringBuilder out = new StringBuilder("apiVersion: v1\nkind: Config\nclusters:\n");
    for (int i = 0; i < names.size(); i++) {
      out.append("- name: ").append(names.get(i));
      out.append("\n  cluster:\n    server: ").append(servers.get(i));
      out.append("\n    certificate-authority-data: ").append(base64(authorities)).append('\n');
    }
    out.append("users:\n- name: ").append(quote(user)).append("\n  user:\n    ");
    out.append(String.join("\n    ", credential)).append("\ncontexts:\n");
    for (String name : names) {
      out.append("- name: ").append(name);
      out.append("\n  context:\n    cluster: ").append(name);
      out.append("\n    user: ").append(quote(user)).append('\n');
    }
    return out.append("current-context: ").append(names.get(0)).append('\n').toString();
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
