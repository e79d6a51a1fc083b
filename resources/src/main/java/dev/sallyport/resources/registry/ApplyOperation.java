package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.ObjectCodec.Decoded;
import dev.sallyport.resources.apply.FieldManager;
import dev.sallyport.resources.validation.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Server-side apply: an object becomes what its appliers say, each of the fields it names.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply</a>
 */
final class ApplyOperation {

  private final Backing backing;
  private final UpdateOperation updates;
  private final Ownership ownership;

  ApplyOperation(Backing backing, UpdateOperation updates, Ownership ownership) {
    this.backing = backing;
    this.updates = updates;
    this.ownership = ownership;
  }

  Answer<WriteResult> run(
      ResourceCall call, byte[] document, Consumer<ObjectNode> listener, WriteOptions options) {
    if (options.fieldManager().isEmpty()) {
      Faults faults = new Faults();
      faults.required("fieldManager", "is required for apply patch");
      OptionFaults.refuse("PatchOptions", faults);
    }
    FieldManager manager = ownership.manager(call, options);
    // A scale is one number: there is nothing in it to share among appliers.
    if (manager == null || call.subresource().equals("scale")) {
      throw UnsupportedPatch.of(call.resource());
    }
    // Read twice: once to be checked, once as it stands, for only what it says is owned.
    Decoded checked =
        backing
            .codec()
            .decode(BodyFormat.YAML, document, call.resource().kind(), options.fieldValidation());
    listener.accept(checked.object());
    ObjectNode config = configuration(call, document);
    List<String> ignored = new ArrayList<>();
    UpdateRequest.Next next =
        served ->
            PatchOperation.canonical(
                manager.apply(served, config, options.force()), backing, call, options, ignored);
    UpdateRequest request =
        new UpdateRequest(
            call,
            next,
            () -> next.of(ownership.emptyObject(call.resource())),
            true,
            options,
            checked.warnings());
    return updates.run(request);
  }

  private ObjectNode configuration(ResourceCall call, byte[] document) {
    ObjectNode config = backing.codec().tree(BodyFormat.YAML, document);
    String version = config.path("apiVersion").asText();
    String wanted = call.resource().kind().apiVersion();
    if (!version.equals(wanted)) {
      throw OptionFaults.badRequest(
          "Incorrect version specified in apply patch. Specified patch version: %s, expected: %s"
              .formatted(version, wanted));
    }
    ObjectNode metadata = ObjectRules.metadata(config);
    if (!metadata.path("managedFields").isEmpty()) {
      throw OptionFaults.badRequest("metadata.managedFields must be nil");
    }
    metadata.remove("managedFields");
    return config;
  }
}
