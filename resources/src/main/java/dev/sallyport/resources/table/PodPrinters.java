package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Pods and pod templates. */
final class PodPrinters {

  private PodPrinters() {}

  static void register(Printers printers) {
    printers.add(
        "",
        "Pod",
        new Printer(
            List.of(
                Column.NAME,
                Column.text("Ready", "How many of its containers are ready"),
                Column.text("Status", "What the pod is doing, or why not"),
                Column.text("Restarts", "How often its containers were restarted"),
                Column.AGE,
                Column.wide("IP", "The pod's address"),
                Column.wide("Node", "Where it runs"),
                Column.wide("Nominated Node", "Where it may run once there is room"),
                Column.wide("Readiness Gates", "How many of its further conditions are met")),
            PodPrinters::fill));
    printers.add(
        "",
        "PodTemplate",
        new Printer(
            List.of(
                Column.NAME,
                Column.text("Containers", "The containers' names"),
                Column.text("Images", "The containers' images"),
                Column.text("Pod Labels", "The labels its pods get")),
            (object, cells) -> {
              JsonNode template = object.path("template");
              JsonNode containers = template.path("spec").path("containers");
              cells
                  .text(Printer.name(object))
                  .text(Texts.join(containers, "name"))
                  .text(Texts.join(containers, "image"))
                  .text(Texts.labels(template.path("metadata").path("labels")));
            }));
  }

  private static void fill(JsonNode pod, Cells cells) {
    JsonNode status = pod.path("status");
    int ready = 0;
    long restarts = 0;
    for (JsonNode container : status.path("containerStatuses")) {
      ready += container.path("ready").asBoolean() ? 1 : 0;
      restarts += container.path("restartCount").asLong();
    }
    cells
        .text(Printer.name(pod))
        .text(ready + "/" + pod.path("spec").path("containers").size())
        .text(state(pod))
        .text(Long.toString(restarts))
        .age(Printer.created(pod))
        .textOrNone(status.path("podIP").asText())
        .textOrNone(pod.path("spec").path("nodeName").asText())
        .textOrNone(status.path("nominatedNodeName").asText())
        .text(gates(pod));
  }

  private static String state(JsonNode pod) {
    JsonNode status = pod.path("status");
    String state = status.path("reason").asText();
    if (state.isEmpty()) {
      state = status.path("phase").asText();
    }
    for (JsonNode container : status.path("containerStatuses")) {
      JsonNode waiting = container.path("state").path("waiting");
      JsonNode terminated = container.path("state").path("terminated");
      if (!waiting.path("reason").asText().isEmpty()) {
        state = waiting.path("reason").asText();
      } else if (!terminated.isMissingNode()) {
        state = ended(terminated);
      }
    }
    if (pod.path("metadata").has("deletionTimestamp")) {
      return status.path("reason").asText().equals("NodeLost") ? "Unknown" : "Terminating";
    }
    return state;
  }

  private static String ended(JsonNode terminated) {
    String reason = terminated.path("reason").asText();
    if (!reason.isEmpty()) {
      return reason;
    }
    return terminated.path("signal").asInt() != 0
        ? "Signal:" + terminated.path("signal").asInt()
        : "ExitCode:" + terminated.path("exitCode").asInt();
  }

  private static String gates(JsonNode pod) {
    JsonNode gates = pod.path("spec").path("readinessGates");
    if (gates.isEmpty()) {
      return Cells.NONE;
    }
    int met = 0;
    for (JsonNode gate : gates) {
      for (JsonNode condition : pod.path("status").path("conditions")) {
        boolean same = condition.path("type").equals(gate.path("conditionType"));
        met += same && condition.path("status").asText().equals("True") ? 1 : 0;
      }
    }
    return met + "/" + gates.size();
  }
}
