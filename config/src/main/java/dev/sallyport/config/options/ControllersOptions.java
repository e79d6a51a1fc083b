package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.LIST;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.ControllerName;
import dev.sallyport.config.ControllersConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.NearestName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What kube-controller-manager is told of its controllers, since some of them run in here. */
final class ControllersOptions {
  final FlagSection section = new FlagSection("Controllers");

  private final Flag<List<String>> controllers =
      section.flag(
          "controllers",
          LIST,
          "*",
          "Which controllers run: * is all that are on by default, NAME one of them, -NAME all but"
              + " it. All: "
              + String.join(", ", ControllerName.names())
              + ". Off by default: "
              + String.join(", ", offByDefault())
              + ", which --enable-bootstrap-token-auth switches on.");
  private final Flag<Boolean> collect =
      section.flag(
          "enable-garbage-collector",
          SWITCH,
          "true",
          "Whether objects go when their owners have gone, and deletions may be foreground or"
              + " orphan.");
  private final Flag<Boolean> elect =
      section.flag(
          "leader-elect",
          SWITCH,
          "true",
          "Whether controllers run only in the replica that holds the Lease"
              + " kube-system/sallyport-controllers.");
  private final Flag<Duration> leaseDuration =
      section.flag(
          "leader-elect-lease-duration",
          DURATION,
          "15s",
          "How long other replicas wait for a leader that is not heard of any more.");
  private final Flag<Duration> renewDeadline =
      section.flag(
          "leader-elect-renew-deadline",
          DURATION,
          "10s",
          "How long a leader goes on that cannot renew its Lease.");
  private final Flag<Duration> retryPeriod =
      section.flag(
          "leader-elect-retry-period",
          DURATION,
          "2s",
          "How often the Lease is tried for and renewed.");

  /**
   * @param bootstrapTokens whether bootstrap tokens are a way in, so that * means their controllers
   */
  ControllersConfig toConfig(boolean bootstrapTokens, Faults faults) {
    Set<ControllerName> enabled = enabled(controllers.read(faults), bootstrapTokens, faults);
    if (!collect.read(faults)) {
      enabled.remove(ControllerName.GARBAGE_COLLECTOR);
    }
    return new ControllersConfig(
        enabled,
        elect.read(faults),
        leaseDuration.read(faults),
        renewDeadline.read(faults),
        retryPeriod.read(faults));
  }

  /** The first mention of a controller counts; one that is not mentioned follows the star. */
  private Set<ControllerName> enabled(List<String> words, boolean bootstrapTokens, Faults faults) {
    Set<ControllerName> on = EnumSet.noneOf(ControllerName.class);
    Set<ControllerName> mentioned = EnumSet.noneOf(ControllerName.class);
    boolean star = false;
    for (String word : words) {
      boolean off = word.startsWith("-");
      Optional<ControllerName> found = ControllerName.find(off ? word.substring(1) : word);
      if (word.equals("*")) {
        star = true;
      } else if (found.isEmpty()) {
        unknown(word, faults);
      } else if (mentioned.add(found.get()) && !off) {
        on.add(found.get());
      }
    }
    for (ControllerName controller : ControllerName.values()) {
      boolean meant =
          controller.onByDefault()
              || (bootstrapTokens && ControllerName.OF_BOOTSTRAP_TOKENS.contains(controller));
      if (star && meant && !mentioned.contains(controller)) {
        on.add(controller);
      }
    }
    return on;
  }

  private void unknown(String word, Faults faults) {
    String name = word.startsWith("-") ? word.substring(1) : word;
    String near =
        NearestName.of(name, ControllerName.names())
            .map(known -> "did you mean " + known + "? ")
            .orElse("");
    faults.add(
        controllers.label(),
        word,
        near + "known are *, " + String.join(", ", ControllerName.names()));
  }

  private static List<String> offByDefault() {
    return ControllerName.names().stream()
        .filter(name -> ControllerName.find(name).stream().noneMatch(ControllerName::onByDefault))
        .toList();
  }
}
