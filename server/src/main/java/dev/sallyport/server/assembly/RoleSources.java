package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.authz.file.FileRoleSource;
import dev.sallyport.authz.objects.RbacObjects;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.controllers.rbac.DefaultPolicy;
import java.nio.file.Path;

/** Where RBAC's roles and bindings come from: the store, or files and the default policy. */
final class RoleSources {

  private RoleSources() {}

  /**
   * Files stand in for the store. The default policy comes with them, so that they may bind its
   * roles and that discovery and probes answer as ever; what a file says of the same name counts.
   *
   * @throws ConfigException when the files are at fault
   */
  static void followFiles(RbacIndex index, Path files, FileWatcher watcher) {
    try {
      index.follow(new FileRoleSource(files, watcher));
    } catch (InvalidFileException e) {
      throw new ConfigException(
          new Fault(
              "--rbac-file",
              e.file().toString(),
              "YAML documents with roles and bindings: " + e.fault()));
    }
    index.follow(RoleSources::tellDefaults);
  }

  private static void tellDefaults(RoleSource.Sink sink) {
    for (JsonNode object : DefaultPolicy.objects()) {
      if (object.has("roleRef")) {
        sink.putBinding(RbacObjects.binding(object));
      } else {
        sink.putRole(RbacObjects.role(object));
      }
    }
  }
}
