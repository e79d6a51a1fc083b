package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.INT;
import static dev.sallyport.config.flags.ValueType.SECONDS;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.Faults;
import dev.sallyport.config.KubernetesServiceConfig;
import dev.sallyport.config.LimitsConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Limits and times, and what the command line is about itself. */
final class GenericOptions {
  final FlagSection section = new FlagSection("Generic");

  private final Flag<Optional<Path>> config =
      section.flag(
          "config",
          FILE,
          "",
          "YAML file with more flags: their names without dashes, a value or a list of values each."
              + " What is given on the command line wins.");
  private final Flag<Integer> maxRequests =
      section.flag(
          "max-requests-inflight",
          INT,
          "400",
          "How many reading requests may be served at one time; 0 for no limit.");
  private final Flag<Integer> maxMutatingRequests =
      section.flag(
          "max-mutating-requests-inflight",
          INT,
          "200",
          "How many writing requests may be served at one time; 0 for no limit.");
  private final Flag<Integer> maxWatches =
      section.flag(
          "max-watches-per-user",
          INT,
          "2000",
          "How many watches one user may have open at one time; 0 for no limit. kube-apiserver has"
              + " no such flag.");
  private final Flag<Duration> requestTimeout =
      section.flag(
          "request-timeout",
          DURATION,
          "1m0s",
          "How long a request may take; watches have --min-request-timeout.");
  private final Flag<Duration> minRequestTimeout =
      section.flag(
          "min-request-timeout",
          SECONDS,
          "1800",
          "The least number of seconds that a watch without a timeout of its own stays open.");
  private final Flag<Duration> shutdownDelay =
      section.flag(
          "shutdown-delay-duration",
          DURATION,
          "0s",
          "How long to go on serving after SIGTERM, while /readyz already fails.");
  private final Flag<Duration> shutdownWatchGrace =
      section.flag(
          "shutdown-watch-termination-grace-period",
          DURATION,
          "0s",
          "How long open watches are waited for when the server stops.");
  private final KubernetesServiceOptions service = new KubernetesServiceOptions(section);
  private final Flag<Boolean> help =
      section.flag("help", 'h', SWITCH, "false", "Print this help and end.");
  private final Flag<Boolean> version =
      section.flag("version", SWITCH, "false", "Print the versions and end.");

  Flag<Optional<Path>> config() {
    return config;
  }

  boolean help(Faults faults) {
    return help.read(faults);
  }

  boolean version(Faults faults) {
    // kube-apiserver also knows --version=raw, which here says the same.
    return version.text().equals("raw") || version.read(faults);
  }

  KubernetesServiceConfig service(Faults faults) {
    return service.toConfig(faults);
  }

  LimitsConfig limits(Faults faults) {
    return new LimitsConfig(
        maxRequests.read(faults),
        maxMutatingRequests.read(faults),
        maxWatches.read(faults),
        requestTimeout.read(faults),
        minRequestTimeout.read(faults),
        shutdownDelay.read(faults),
        shutdownWatchGrace.read(faults));
  }
}
