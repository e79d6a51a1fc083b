package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Namespaces, ConfigMaps, Secrets, events and their like. */
final class CorePrinters {

  private CorePrinters() {}

  static void register(Printers printers) {
    printers.add("", "ServiceAccount", Printer.NAME_AND_AGE);
    printers.add("", "Namespace", namespace());
    printers.add("", "ConfigMap", configMap());
    printers.add("", "Secret", secret());
    printers.add("", "Event", event(false));
    printers.add("events.k8s.io", "Event", event(true));
    printers.add("", "ResourceQuota", resourceQuota());
    printers.add("coordination.k8s.io", "Lease", lease());
  }

  private static Printer namespace() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Status", "Whether the namespace is in use or going"),
            Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(object.path("status").path("phase").asText())
                .age(Printer.created(object)));
  }

  private static Printer configMap() {
    return new Printer(
        List.of(Column.NAME, Column.text("Data", "How many keys it holds"), Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .number(object.path("data").size() + (long) object.path("binaryData").size())
                .age(Printer.created(object)));
  }

  private static Printer secret() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Type", "What kind of secret it is"),
            Column.text("Data", "How many keys it holds"),
            Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(object.path("type").asText())
                .number(object.path("data").size())
                .age(Printer.created(object)));
  }

  private static Printer lease() {
    return new Printer(
        List.of(Column.NAME, Column.text("Holder", "Who holds the lease"), Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(object.path("spec").path("holderIdentity").asText())
                .age(Printer.created(object)));
  }

  private static Printer resourceQuota() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Request", "Requests used, of those allowed"),
            Column.text("Limit", "Limits used, of those allowed"),
            Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(quota(object, false))
                .text(quota(object, true))
                .age(Printer.created(object)));
  }

  private static String quota(JsonNode object, boolean limits) {
    StringBuilder text = new StringBuilder();
    JsonNode used = object.path("status").path("used");
    for (Map.Entry<String, JsonNode> hard : object.path("status").path("hard").properties()) {
      String resource = hard.getKey();
      if (resource.startsWith("limits.") == limits) {
        text.append(text.isEmpty() ? "" : ", ").append(resource).append(": ");
        text.append(used.path(resource).asText("0")).append('/').append(hard.getValue().asText());
      }
    }
    return text.toString();
  }

  private static Printer event(boolean newer) {
    return new Printer(
        List.of(
            Column.text("Last Seen", "How long ago it happened last"),
            Column.text("Type", "Normal or Warning"),
            Column.text("Reason", "A word for what happened"),
            Column.text("Object", "What it is about"),
            Column.wide("Subobject", "The part of the object it is about"),
            Column.wide("Source", "Who reported it"),
            Column.text("Message", "What happened, as a sentence"),
            Column.wide("First Seen", "How long ago it happened first"),
            Column.wide("Count", "How often it happened"),
            new Column("Name", "string", "name", true, "The event's own name")),
        (object, cells) -> fillEvent(object, newer, cells));
  }

  private static void fillEvent(JsonNode event, boolean newer, Cells cells) {
    JsonNode about = event.path(newer ? "regarding" : "involvedObject");
    String eventTime = event.path("eventTime").asText();
    String first = event.path(newer ? "deprecatedFirstTimestamp" : "firstTimestamp").asText();
    String last = event.path(newer ? "deprecatedLastTimestamp" : "lastTimestamp").asText();
    String observed = event.path("series").path("lastObservedTime").asText();
    long count = event.path(newer ? "deprecatedCount" : "count").asLong();
    cells.age(firstGiven(observed, last, first, eventTime));
    cells.text(event.path("type").asText());
    cells.text(event.path("reason").asText());
    cells.text(
        about.path("kind").asText().toLowerCase(Locale.ROOT) + "/" + about.path("name").asText());
    cells.text(about.path("fieldPath").asText());
    cells.text(source(event, newer));
    cells.text(event.path(newer ? "note" : "message").asText().strip());
    cells.age(firstGiven(first, eventTime));
    long seriesCount = event.path("series").path("count").asLong();
    cells.number(seriesCount > 0 ? seriesCount : Math.max(1, count));
    cells.text(Printer.name(event));
  }

  private static String source(JsonNode event, boolean newer) {
    JsonNode source = event.path(newer ? "deprecatedSource" : "source");
    String component = source.path("component").asText();
    String host = source.path("host").asText();
    if (component.isEmpty()) {
      component = event.path(newer ? "reportingController" : "reportingComponent").asText();
      host = event.path("reportingInstance").asText();
    }
    return host.isEmpty() ? component : component + ", " + host;
  }

  private static String firstGiven(String... times) {
    for (String time : times) {
      if (!time.isEmpty() && !time.equals("null")) {
        return time;
      }
    }
    return "";
  }
}
