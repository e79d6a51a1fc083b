package dev.sallyport.config.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/flags.md is written from the flags; {@code -Dsallyport.write=true} writes it afresh. */
final class FlagsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "flags.md");

  private static final String HEAD =
      """
      # Flags

      Written from the flags themselves; to write it afresh:
      `./mvnw -q -pl config -am test -Dtest=FlagsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dsallyport.write=true`.

      Names and syntax are kube-apiserver's: `--flag=value`, `--flag value`, `--switch`,
      `--switch=false`. Lists (`strings`) take commas and may be repeated; a `stringArray` is only
      repeated. Durations are Go's: `1m30s`, `300ms`. All of them, without dashes, can also stand in
      the YAML file that `--config` names; the command line wins:

      ```yaml
      secure-port: 7443
      anonymous-auth: false
      requestheader-username-headers: [X-Remote-User, X-Alt-User]
      ```

      Everything wrong with flags and the files they name is told at once, one line each, and the
      exit code is 1.

      What differs from kube-apiserver: `--bind-address` is 127.0.0.1 and `--authorization-mode` is
      RBAC unless you say otherwise; `--service-account-issuer` has a default; without
      `--client-ca-file` client certificates are judged by the CA of the first start. The last section
      has the flags of kube-apiserver v1.36 that are accepted with a warning, or refused where passing
      them over would open a door or lose a safeguard.
      """;

  @Test
  void pageIsUpToDate() throws IOException {
    String page = HEAD + ServerOptions.markdown();
    if (Boolean.getBoolean("sallyport.write")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE), "docs/flags.md is stale");
  }
}
