package dev.sallyport.controllers.rbac;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The roles and bindings every cluster starts with.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings">Kubernetes:
 *     default roles and role bindings</a>
 */
final class DefaultPolicy {

  private static final String FILE = "default-policy.txt";

  private DefaultPolicy() {}

  static List<PolicyObject> load() {
    try (InputStream stream =
            Objects.requireNonNull(DefaultPolicy.class.getResourceAsStream(FILE), FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      PolicyReader reader = new PolicyReader();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.line(line);
      }
      return reader.objects();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
