package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.validation.Faults;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a deletion.
 *
 * @param gracePeriodSeconds -1 when it is not given
 * @param propagation "" when the kind decides
 */
record DeleteOptions(
    boolean dryRun,
    long gracePeriodSeconds,
    String uid,
    String resourceVersion,
    Propagation propagation) {

  /** What becomes of the objects that name the deleted one as their owner. */
  enum Propagation {
    UNSPECIFIED,
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }

  static DeleteOptions parse(ResourceCall call, Body body, Backing backing) {
    JsonNode options = body.empty() ? ofQuery(call.query()) : ofBody(call, body, backing);
    Faults faults = new Faults();
    List<String> dryRun = new ArrayList<>();
    options.path("dryRun").forEach(value -> dryRun.add(value.asText()));
    DeleteOptions parsed =
        new DeleteOptions(
            WriteOptions.dryRun(dryRun, faults),
            options.path("gracePeriodSeconds").asLong(-1),
            options.path("preconditions").path("uid").asText(),
            options.path("preconditions").path("resourceVersion").asText(),
            propagation(options, faults));
    OptionFaults.refuse("DeleteOptions", faults);
    return parsed;
  }

  private static ObjectNode ofQuery(QueryParameters query) {
    ObjectNode options = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    query.all("dryRun").forEach(value -> options.withArrayProperty("dryRun").add(value));
    String grace = query.text("gracePeriodSeconds");
    if (!grace.isEmpty()) {
      try {
        options.put("gracePeriodSeconds", Long.parseLong(grace));
      } catch (NumberFormatException e) {
        throw OptionFaults.badRequest(OptionFaults.notANumber("ParseInt", grace));
      }
    }
    String propagation = query.text("propagationPolicy");
    if (!propagation.isEmpty()) {
      options.put("propagationPolicy", propagation);
    }
    if (query.first("orphanDependents") != null) {
      options.put("orphanDependents", query.on("orphanDependents"));
    }
    return options;
  }

  /** A body may name any group's version: DeleteOptions is known in all of them. */
  private static ObjectNode ofBody(ResourceCall call, Body body, Backing backing) {
    GroupVersionKind named = backing.codec().peekKind(body.format(), body.bytes());
    if (!named.kind().isEmpty() && !named.kind().equals("DeleteOptions")) {
      throw new StatusException(
          Status.badRequest(
              "decoded object cannot be converted to DeleteOptions: " + named.kind()));
    }
    GroupVersionKind expected =
        named.version().isEmpty()
            ? call.resource().kind().withKind("DeleteOptions")
            : named.withKind("DeleteOptions");
    ObjectNode options =
        backing
            .codec()
            .decode(body.format(), body.bytes(), expected, FieldValidation.IGNORE)
            .object();
    body.listener().accept(options);
    return options;
  }

  private static Propagation propagation(JsonNode options, Faults faults) {
    String policy = options.path("propagationPolicy").asText();
    JsonNode orphan = options.get("orphanDependents");
    if (orphan != null && !orphan.isNull() && !policy.isEmpty()) {
      faults.invalid(
          "propagationPolicy",
          policy,
          "orphanDependents and deletionPropagation cannot be both set");
    }
    return switch (policy) {
      case "" ->
          orphan == null || orphan.isNull()
              ? Propagation.UNSPECIFIED
              : orphan.asBoolean() ? Propagation.ORPHAN : Propagation.BACKGROUND;
      case "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      default -> {
        faults.unsupported(
            "propagationPolicy", policy, "Foreground", "Background", "Orphan", "nil");
        yield Propagation.UNSPECIFIED;
      }
    };
  }

  /** The same options for another object: preconditions are about one object only. */
  DeleteOptions withoutPreconditions() {
    return new DeleteOptions(dryRun, gracePeriodSeconds, "", "", propagation);
  }
}
