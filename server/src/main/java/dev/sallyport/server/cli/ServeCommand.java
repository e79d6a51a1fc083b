package dev.sallyport.server.cli;

import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.options.Invocation;
import dev.sallyport.config.options.ServerOptions;
import dev.sallyport.server.assembly.GivenFileChecks;
import dev.sallyport.server.assembly.Sallyport;
import dev.sallyport.server.bootstrap.FirstStart;
import dev.sallyport.server.logging.Logs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the flags, makes what is missing, serves until the process is told to end. */
final class ServeCommand implements Command {
  /** The server itself ends running requests after half a minute. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private final Clock clock;

  ServeCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void run(List<String> args, PrintStream out) {
    Logs.silence();
    Invocation invocation = ServerOptions.read(args, GivenFileChecks.all());
    if (invocation instanceof Invocation.Serve serve) {
      Logs.configure(serve.config().logging());
      Logger log = LoggerFactory.getLogger(ServeCommand.class);
      serve.warnings().forEach(log::warn);
      serve(serve.config(), out);
    } else if (invocation instanceof Invocation.Version) {
      VersionText.print(out);
    } else {
      HelpText.print(out);
    }
  }

  private void serve(ServerConfig config, PrintStream out) {
    FirstStart.prepare(config, clock);
    // Before the server is ready: who waits for /readyz finds the file.
    Optional<Path> known =
        config.serving().port() == 0
            ? Optional.empty()
            : FirstStart.writeKubeconfig(config, config.serving().port());
    Sallyport server = Wait.on(Sallyport.start(config));
    HeapGrowth.watch();
    Termination.onSignal(server::stop, config.limits().shutdownDelay().plus(LONGEST_STOP));
    int port = server.address().getPort();
    Optional<Path> kubeconfig = known.or(() -> FirstStart.writeKubeconfig(config, port));
    Greeting.print(config, port, kubeconfig, out);
    var unused = Wait.on(server.stopped());
  }
}
