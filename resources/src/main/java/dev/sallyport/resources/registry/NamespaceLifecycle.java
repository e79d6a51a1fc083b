package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Nothing is created in a namespace that does not exist or is going, and the namespaces the server
 * itself lives in stay.
 */
final class NamespaceLifecycle {

  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  private final ResourceStore store;

  NamespaceLifecycle(ResourceStore store) {
    this.store = store;
  }

  /** Fails with 404 or 403 when the object may not come to be there. */
  Answer<Boolean> beforeCreate(ResourceDefinition resource, String namespace, String name) {
    if (!resource.namespaced()) {
      return Answer.now(true);
    }
    return store
        .get(new Key("namespaces", "", namespace))
        .map(found -> check(found, resource, namespace, name));
  }

  private static boolean check(
      Optional<StoredObject> found, ResourceDefinition resource, String namespace, String name) {
    if (found.isEmpty()) {
      throw new StatusException(Status.notFound("", "namespaces", namespace));
    }
    if ("Terminating".equals(found.get().fields().get("status.phase"))) {
      throw terminating(resource, namespace, name);
    }
    return true;
  }

  private static StatusException terminating(
      ResourceDefinition resource, String namespace, String name) {
    StatusCause cause =
        new StatusCause(
            "NamespaceTerminating",
            "namespace " + namespace + " is being terminated",
            "metadata.namespace");
    return new StatusException(
        new Status(
            403,
            Reason.FORBIDDEN,
            subject(resource, name)
                + " is forbidden: unable to create new content in namespace "
                + namespace
                + " because it is being terminated",
            new StatusDetails(name, resource.group(), resource.plural(), "", List.of(cause), 0)));
  }

  /** Fails with 403 for a namespace that must stay. */
  static void beforeDelete(ResourceDefinition resource, String name) {
    if (resource.collection().equals("namespaces") && IMMORTAL.contains(name)) {
      throw new StatusException(
          Status.forbidden(
              "",
              resource.plural(),
              name,
              subject(resource, name) + " is forbidden: this namespace may not be deleted"));
    }
  }

  private static String subject(ResourceDefinition resource, String name) {
    String what =
        resource.group().isEmpty() ? resource.plural() : resource.plural() + "." + resource.group();
    return name.isEmpty() ? what : what + " \"" + name + "\"";
  }
}
