package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Deployments and whatever else makes pods, and what scales or guards them. */
final class WorkloadPrinters {

  private static final Column CONTAINERS = Column.wide("Containers", "The containers' names");
  private static final Column IMAGES = Column.wide("Images", "The containers' images");
  private static final Column SELECTOR = Column.wide("Selector", "Which pods belong to it");

  private WorkloadPrinters() {}

  static void register(Printers printers) {
    printers.add("apps", "Deployment", deployment());
    printers.add("apps", "ReplicaSet", replicas(true));
    printers.add("", "ReplicationController", replicas(false));
    printers.add("apps", "StatefulSet", statefulSet());
    printers.add("apps", "DaemonSet", daemonSet());
    printers.add("apps", "ControllerRevision", controllerRevision());
    printers.add("batch", "Job", job());
    printers.add("batch", "CronJob", cronJob());
    printers.add("policy", "PodDisruptionBudget", disruptionBudget());
    printers.add("autoscaling", "HorizontalPodAutoscaler", autoscaler());
  }

  private static List<Column> withPods(Column... columns) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.addAll(List.of(CONTAINERS, IMAGES, SELECTOR));
    return all;
  }

  private static Cells pods(JsonNode template, Cells cells) {
    JsonNode containers = template.path("spec").path("containers");
    return cells.text(Texts.join(containers, "name")).text(Texts.join(containers, "image"));
  }

  private static Printer deployment() {
    return new Printer(
        withPods(
            Column.NAME,
            Column.text("Ready", "Pods that are ready, of those wanted"),
            Column.text("Up-to-date", "Pods of the current template"),
            Column.text("Available", "Pods ready long enough"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode status = object.path("status");
          cells
              .text(Printer.name(object))
              .text(status.path("readyReplicas").asLong() + "/" + spec.path("replicas").asLong())
              .number(status.path("updatedReplicas").asLong())
              .number(status.path("availableReplicas").asLong())
              .age(Printer.created(object));
          pods(spec.path("template"), cells).text(Texts.selector(spec.path("selector")));
        });
  }

  private static Printer replicas(boolean setSelector) {
    return new Printer(
        withPods(
            Column.NAME,
            Column.number("Desired", "How many pods are wanted"),
            Column.number("Current", "How many pods there are"),
            Column.number("Ready", "How many pods are ready"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode status = object.path("status");
          cells
              .text(Printer.name(object))
              .number(spec.path("replicas").asLong())
              .number(status.path("replicas").asLong())
              .number(status.path("readyReplicas").asLong())
              .age(Printer.created(object));
          JsonNode selector = spec.path("selector");
          pods(spec.path("template"), cells)
              .text(setSelector ? Texts.selector(selector) : Texts.labels(selector));
        });
  }

  private static Printer statefulSet() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Ready", "Pods that are ready, of those wanted"),
            Column.AGE,
            CONTAINERS,
            IMAGES),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          long ready = object.path("status").path("readyReplicas").asLong();
          cells
              .text(Printer.name(object))
              .text(ready + "/" + spec.path("replicas").asLong())
              .age(Printer.created(object));
          pods(spec.path("template"), cells);
        });
  }

  private static Printer daemonSet() {
    return new Printer(
        withPods(
            Column.NAME,
            Column.number("Desired", "How many nodes want a pod"),
            Column.number("Current", "How many nodes have one"),
            Column.number("Ready", "How many pods are ready"),
            Column.number("Up-to-date", "Pods of the current template"),
            Column.number("Available", "Pods ready long enough"),
            Column.text("Node Selector", "Which nodes get a pod"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode status = object.path("status");
          cells
              .text(Printer.name(object))
              .number(status.path("desiredNumberScheduled").asLong())
              .number(status.path("currentNumberScheduled").asLong())
              .number(status.path("numberReady").asLong())
              .number(status.path("updatedNumberScheduled").asLong())
              .number(status.path("numberAvailable").asLong())
              .text(Texts.labels(spec.path("template").path("spec").path("nodeSelector")))
              .age(Printer.created(object));
          pods(spec.path("template"), cells).text(Texts.selector(spec.path("selector")));
        });
  }

  private static Printer controllerRevision() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Controller", "Whose revision it is"),
            Column.text("Revision", "Its number"),
            Column.AGE),
        (object, cells) -> {
          String controller = "";
          for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
              controller = owner.path("kind").asText() + "/" + owner.path("name").asText();
            }
          }
          cells
              .text(Printer.name(object))
              .textOrNone(controller)
              .number(object.path("revision").asLong())
              .age(Printer.created(object));
        });
  }

  private static Printer job() {
    return new Printer(
        withPods(
            Column.NAME,
            Column.text("Status", "What the job is doing"),
            Column.text("Completions", "Pods that succeeded, of those wanted"),
            Column.text("Duration", "How long it ran, or has been running"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode status = object.path("status");
          cells.text(Printer.name(object)).text(jobState(object));
          long succeeded = status.path("succeeded").asLong();
          JsonNode completions = spec.path("completions");
          cells.text(succeeded + "/" + (completions.isNumber() ? completions.asText() : "1"));
          duration(status, cells);
          cells.age(Printer.created(object));
          pods(spec.path("template"), cells).text(Texts.selector(spec.path("selector")));
        });
  }

  private static String jobState(JsonNode job) {
    for (JsonNode condition : job.path("status").path("conditions")) {
      String type = condition.path("type").asText();
      boolean holds = condition.path("status").asText().equals("True");
      if (holds && (type.equals("Complete") || type.equals("Failed") || type.equals("Suspended"))) {
        return type;
      }
    }
    return job.path("metadata").has("deletionTimestamp") ? "Terminating" : "Running";
  }

  private static void duration(JsonNode status, Cells cells) {
    String started = status.path("startTime").asText();
    String ended = status.path("completionTime").asText();
    if (started.isEmpty()) {
      cells.text("");
    } else if (ended.isEmpty()) {
      cells.age(started);
    } else {
      try {
        Duration ran = Duration.between(Instant.parse(started), Instant.parse(ended));
        cells.text(Age.of(ran.toSeconds()));
      } catch (DateTimeParseException e) {
        cells.text("");
      }
    }
  }

  private static Printer cronJob() {
    return new Printer(
        withPods(
            Column.NAME,
            Column.text("Schedule", "When it runs, in cron's form"),
            Column.text("Timezone", "The time zone of the schedule"),
            Column.flag("Suspend", "Whether it is paused"),
            Column.number("Active", "How many of its jobs run"),
            Column.text("Last Schedule", "How long ago it ran last"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          String last = object.path("status").path("lastScheduleTime").asText();
          cells
              .text(Printer.name(object))
              .text(spec.path("schedule").asText())
              .textOrNone(spec.path("timeZone").asText())
              .text(spec.path("suspend").asBoolean() ? "True" : "False")
              .number(object.path("status").path("active").size());
          if (last.isEmpty()) {
            cells.text(Cells.NONE);
          } else {
            cells.age(last);
          }
          cells.age(Printer.created(object));
          pods(spec.path("jobTemplate").path("spec").path("template"), cells)
              .text(Texts.selector(spec.path("jobTemplate").path("spec").path("selector")));
        });
  }

  private static Printer disruptionBudget() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Min Available", "How many pods must stay"),
            Column.text("Max Unavailable", "How many pods may be missing"),
            Column.number("Allowed Disruptions", "How many pods may go now"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          cells
              .text(Printer.name(object))
              .text(spec.path("minAvailable").asText("N/A"))
              .text(spec.path("maxUnavailable").asText("N/A"))
              .number(object.path("status").path("disruptionsAllowed").asLong())
              .age(Printer.created(object));
        });
  }

  private static Printer autoscaler() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Reference", "What is scaled"),
            Column.text("Targets", "The metrics' values and targets"),
            Column.text("MinPods", "The least number of pods"),
            Column.text("MaxPods", "The greatest number of pods"),
            Column.text("Replicas", "How many pods there are"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode target = spec.path("scaleTargetRef");
          cells
              .text(Printer.name(object))
              .text(target.path("kind").asText() + "/" + target.path("name").asText())
              .text(targets(object))
              .text(spec.path("minReplicas").asText("<unset>"))
              .number(spec.path("maxReplicas").asLong())
              .number(object.path("status").path("currentReplicas").asLong())
              .age(Printer.created(object));
        });
  }

  private static String targets(JsonNode object) {
    StringBuilder text = new StringBuilder();
    JsonNode first = object.path("spec").path("targetCPUUtilizationPercentage");
    if (first.isNumber()) {
      return "cpu: <unknown>/" + first.asText() + "%";
    }
    for (JsonNode metric : object.path("spec").path("metrics")) {
      JsonNode resource = metric.path("resource");
      JsonNode percent = resource.path("target").path("averageUtilization");
      String name = resource.path("name").asText();
      String wanted =
          percent.isNumber()
              ? percent.asText() + "%"
              : resource.path("target").path("averageValue").asText("<unknown>");
      text.append(text.isEmpty() ? "" : ", ");
      text.append(name.isEmpty() ? "" : name + ": ").append("<unknown>/").append(wanted);
    }
    return text.isEmpty() ? Cells.NONE : text.toString();
  }
}
