package dev.sallyport.server.cli;

import dev.sallyport.config.ServerConfig;
import dev.sallyport.server.bootstrap.FirstStart;
import dev.sallyport.server.bootstrap.ServerUrl;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** What a person who has just started the server types next. */
final class Greeting {
  private Greeting() {}

  static void print(ServerConfig config, int port, Optional<Path> kubeconfig, PrintStream out) {
    String url = ServerUrl.of(config.serving().bindAddress(), port);
    StringBuilder text = new StringBuilder("Sallyport serves the Kubernetes API on " + url + "\n");
    text.append("Try:\n");
    kubeconfig.ifPresent(
        file ->
            text.append("  kubectl --kubeconfig ").append(ShellWord.of(file)).append(" get ns\n"));
    text.append("  curl --cacert ").append(ShellWord.of(FirstStart.trust(config)));
    if (kubeconfig.isPresent()) {
      var admin = config.bootstrap().adminPair();
      text.append(" --cert ").append(ShellWord.of(admin.certificate()));
      text.append(" --key ").append(ShellWord.of(admin.key()));
      text.append(' ').append(url).append("/api/v1/namespaces\n");
    } else {
      text.append(' ').append(url).append("/readyz\n");
    }
    out.print(text);
    out.flush();
  }
}
