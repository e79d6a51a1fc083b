package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec.Decoded;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.patch.JsonMergePatch;
import dev.sallyport.resources.patch.JsonPatch;
import dev.sallyport.resources.patch.Patch;
import dev.sallyport.resources.patch.PatchType;
import dev.sallyport.resources.patch.StrategicMergePatch;
import dev.sallyport.resources.validation.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes an object by a patch document. */
final class PatchOperation {

  private final Backing backing;
  private final UpdateOperation updates;
  private final ApplyOperation applies;

  PatchOperation(Backing backing, UpdateOperation updates, Ownership ownership) {
    this.backing = backing;
    this.updates = updates;
    this.applies = new ApplyOperation(backing, updates, ownership);
  }

  Answer<WriteResult> run(
      ResourceCall call, PatchType type, byte[] document, Consumer<ObjectNode> applied) {
    WriteOptions options = WriteOptions.parse(call.query(), "PatchOptions");
    if (type == PatchType.APPLY) {
      return applies.run(call, document, applied, options);
    }
    if (call.query().first("force") != null) {
      Faults faults = new Faults();
      faults.forbidden("force", "may not be specified for non-apply patch");
      OptionFaults.refuse("PatchOptions", faults);
    }
    if (type == PatchType.STRATEGIC && call.resource().custom() != null) {
      throw UnsupportedPatch.of(call.resource());
    }
    Patch patch = read(type, document, call);
    // One list for all attempts: what the last one warned of is what counts.
    List<String> warnings = new ArrayList<>();
    UpdateRequest.Next next =
        served -> canonical(patch.apply(served), backing, call, options, warnings);
    return updates
        .run(new UpdateRequest(call, next, null, false, options, List.of()))
        .map(result -> new WriteResult(result.code(), result.object(), warnings));
  }

  private static GroupVersionKind kind(Backing backing, ResourceCall call) {
    return ObjectView.of(backing, call).kind();
  }

  private Patch read(PatchType type, byte[] document, ResourceCall call) {
    return switch (type) {
      case JSON -> JsonPatch.read(document);
      case MERGE -> JsonMergePatch.read(document);
      case STRATEGIC -> {
        StructSchema schema = backing.schemas().schema(kind(backing, call));
        if (schema == null) {
          throw UnsupportedPatch.of(call.resource());
        }
        yield StrategicMergePatch.read(document, schema);
      }
      case APPLY -> throw UnsupportedPatch.of(call.resource());
    };
  }

  /** What a patch made, as an object of its kind; it being none is the patch's fault: 422. */
  static ObjectNode canonical(
      ObjectNode changed,
      Backing backing,
      ResourceCall call,
      WriteOptions options,
      List<String> warnings) {
    try {
      Decoded decoded =
          backing.codec().canonicalize(changed, kind(backing, call), options.fieldValidation());
      warnings.clear();
      warnings.addAll(decoded.warnings());
      return decoded.object();
    } catch (StatusException e) {
      throw unfit(changed, e, kind(backing, call));
    }
  }

  private static StatusException unfit(
      ObjectNode changed, StatusException refusal, GroupVersionKind kind) {
    String message = refusal.status().message();
    String marker = "cannot be handled as a " + kind.kind() + ": ";
    int at = message.indexOf(marker);
    Faults faults = new Faults();
    faults.invalid(
        "patch", changed.toString(), at < 0 ? message : message.substring(at + marker.length()));
    return new StatusException(Status.invalid("", "", "", faults.causes()));
  }
}
