package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Kinds that configure the cluster itself. */
final class ClusterPrinters {

  private static final String ADMISSION = "admissionregistration.k8s.io";
  private static final String FLOW = "flowcontrol.apiserver.k8s.io";

  private ClusterPrinters() {}

  static void register(Printers printers) {
    printers.add("scheduling.k8s.io", "PriorityClass", priorityClass());
    printers.add("node.k8s.io", "RuntimeClass", runtimeClass());
    printers.add("apiregistration.k8s.io", "APIService", apiService());
    printers.add(ADMISSION, "MutatingWebhookConfiguration", webhooks());
    printers.add(ADMISSION, "ValidatingWebhookConfiguration", webhooks());
    printers.add(ADMISSION, "ValidatingAdmissionPolicy", policy());
    printers.add(ADMISSION, "ValidatingAdmissionPolicyBinding", policyBinding());
    printers.add(FLOW, "FlowSchema", flowSchema());
    printers.add(FLOW, "PriorityLevelConfiguration", priorityLevel());
    printers.add("resource.k8s.io", "DeviceClass", Printer.NAME_AND_AGE);
    printers.add("resource.k8s.io", "ResourceClaimTemplate", Printer.NAME_AND_AGE);
    printers.add("resource.k8s.io", "ResourceClaim", resourceClaim());
    printers.add("resource.k8s.io", "ResourceSlice", resourceSlice());
  }

  private static Printer priorityClass() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.number("Value", "The priority; higher goes first"),
            Column.flag("Global-Default", "Whether pods without a class get it"),
            Column.AGE,
            Column.text("PreemptionPolicy", "Whether its pods drive others out")),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .number(object.path("value").asLong())
                .flag(object.path("globalDefault").asBoolean())
                .age(Printer.created(object))
                .text(object.path("preemptionPolicy").asText()));
  }

  private static Printer runtimeClass() {
    return new Printer(
        List.of(Column.NAME, Column.text("Handler", "Which runtime it means"), Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(object.path("handler").asText())
                .age(Printer.created(object)));
  }

  private static Printer apiService() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Service", "Who serves it"),
            Column.text("Available", "Whether it can be reached"),
            Column.AGE),
        (object, cells) -> {
          JsonNode service = object.path("spec").path("service");
          cells
              .text(Printer.name(object))
              .text(
                  service.isObject()
                      ? service.path("namespace").asText() + "/" + service.path("name").asText()
                      : "Local")
              .text(available(object.path("status").path("conditions")))
              .age(Printer.created(object));
        });
  }

  private static String available(JsonNode conditions) {
    for (JsonNode condition : conditions) {
      if (condition.path("type").asText().equals("Available")) {
        String status = condition.path("status").asText();
        return status.equals("True")
            ? status
            : status + " (" + condition.path("reason").asText() + ")";
      }
    }
    return "Unknown";
  }

  private static Printer webhooks() {
    return new Printer(
        List.of(Column.NAME, Column.number("Webhooks", "How many webhooks it names"), Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .number(object.path("webhooks").size())
                .age(Printer.created(object)));
  }

  private static Printer policy() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.number("Validations", "How many rules it has"),
            Column.text("ParamKind", "What its parameters are"),
            Column.AGE),
        (object, cells) -> {
          JsonNode kind = object.path("spec").path("paramKind");
          cells
              .text(Printer.name(object))
              .number(object.path("spec").path("validations").size())
              .text(
                  kind.isObject()
                      ? kind.path("apiVersion").asText() + "/" + kind.path("kind").asText()
                      : "<unset>")
              .age(Printer.created(object));
        });
  }

  private static Printer policyBinding() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("PolicyName", "The policy that is bound"),
            Column.text("ParamRef", "Its parameters"),
            Column.AGE),
        (object, cells) -> {
          JsonNode param = object.path("spec").path("paramRef");
          String namespace = param.path("namespace").asText();
          String name = param.path("name").asText();
          cells
              .text(Printer.name(object))
              .text(object.path("spec").path("policyName").asText())
              .text(
                  !param.isObject()
                      ? "<unset>"
                      : namespace.isEmpty() ? name : namespace + "/" + name)
              .age(Printer.created(object));
        });
  }

  private static Printer flowSchema() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("PriorityLevel", "The level its requests belong to"),
            Column.number("MatchingPrecedence", "Its place in the order; lower goes first"),
            Column.text("DistinguisherMethod", "How flows are told apart"),
            Column.AGE,
            Column.text("MissingPL", "Whether the level is missing")),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          String missing = "?";
          for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Dangling")) {
              missing = condition.path("status").asText();
            }
          }
          cells
              .text(Printer.name(object))
              .text(spec.path("priorityLevelConfiguration").path("name").asText())
              .number(spec.path("matchingPrecedence").asLong())
              .textOrNone(spec.path("distinguisherMethod").path("type").asText())
              .age(Printer.created(object))
              .text(missing);
        });
  }

  private static Printer priorityLevel() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Type", "Whether the level is limited"),
            Column.text("NominalConcurrencyShares", "Its share of the concurrency"),
            Column.text("Queues", "How many queues it has"),
            Column.text("HandSize", "How many queues a flow may use"),
            Column.text("QueueLengthLimit", "How long a queue may grow"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode limited = spec.path("limited");
          JsonNode queuing = limited.path("limitResponse").path("queuing");
          cells
              .text(Printer.name(object))
              .text(spec.path("type").asText())
              .text(Texts.numberOrNone(limited.path("nominalConcurrencyShares")))
              .text(Texts.numberOrNone(queuing.path("queues")))
              .text(Texts.numberOrNone(queuing.path("handSize")))
              .text(Texts.numberOrNone(queuing.path("queueLengthLimit")))
              .age(Printer.created(object));
        });
  }

  private static Printer resourceClaim() {
    return new Printer(
        List.of(Column.NAME, Column.text("State", "Whether it is allocated"), Column.AGE),
        (object, cells) -> {
          JsonNode status = object.path("status");
          String state = status.has("allocation") ? "allocated" : "pending";
          if (!status.path("reservedFor").isEmpty()) {
            state += ",reserved";
          }
          if (object.path("metadata").has("deletionTimestamp")) {
            state = "deleted," + state;
          }
          cells.text(Printer.name(object)).text(state).age(Printer.created(object));
        });
  }

  private static Printer resourceSlice() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Node", "Where the resources are"),
            Column.text("Driver", "Whose resources they are"),
            Column.text("Pool", "The pool they belong to"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          cells
              .text(Printer.name(object))
              .text(spec.path("nodeName").asText("<unset>"))
              .text(spec.path("driver").asText())
              .text(spec.path("pool").path("name").asText())
              .age(Printer.created(object));
        });
  }
}
