package dev.sallyport.authz.file;

import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Roles and bindings of a file or a folder. A change is in force once the watcher has seen it; what
 * cannot be read leaves everything as it was.
 */
public final class FileRoleSource implements RoleSource {

  private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

  private final Watched<RbacManifests> manifests;

  private record Name(String namespace, String name) {}

  /**
   * @throws InvalidFileException when the files cannot be read or are at fault now
   */
  public FileRoleSource(Path fileOrFolder, FileWatcher watcher) throws InvalidFileException {
    this.manifests = watcher.watchFolder(fileOrFolder, SUFFIXES, RbacManifests::parse);
  }

  /**
   * Reads the files once.
   *
   * @throws InvalidFileException when they cannot be read or are at fault
   */
  public static void check(Path fileOrFolder) throws InvalidFileException {
    try (FileWatcher once = new FileWatcher()) {
      var unused = new FileRoleSource(fileOrFolder, once);
    }
  }

  @Override
  public void follow(Sink sink) {
    Follower follower = new Follower(sink);
    manifests.onChange(follower::changeTo);
    follower.changeTo(manifests.current());
  }

  /** Knows what one sink was told last. */
  private static final class Follower {
    private final Sink sink;
    private Map<Name, Role> roles = Map.of();
    private Map<Name, RoleBinding> bindings = Map.of();

    Follower(Sink sink) {
      this.sink = sink;
    }

    synchronized void changeTo(RbacManifests next) {
      Map<Name, Role> nextRoles =
          byName(next.roles(), role -> new Name(role.namespace(), role.name()));
      Map<Name, RoleBinding> nextBindings =
          byName(next.bindings(), binding -> new Name(binding.namespace(), binding.name()));
      // New rights first, so that what is only written differently is never missing.
      tellNew(roles, nextRoles, sink::putRole);
      tellNew(bindings, nextBindings, sink::putBinding);
      tellGone(bindings, nextBindings, sink::removeBinding);
      tellGone(roles, nextRoles, sink::removeRole);
      roles = nextRoles;
      bindings = nextBindings;
    }

    /** Of two of the same name the last counts, as with kubectl apply. */
    private static <T> Map<Name, T> byName(List<T> objects, Function<T, Name> name) {
      Map<Name, T> named = new HashMap<>();
      objects.forEach(object -> named.put(name.apply(object), object));
      return named;
    }

    private static <T> void tellNew(Map<Name, T> before, Map<Name, T> after, Consumer<T> put) {
      after.forEach(
          (name, object) -> {
            if (!object.equals(before.get(name))) {
              put.accept(object);
            }
          });
    }

    private static <T> void tellGone(
        Map<Name, T> before, Map<Name, T> after, BiConsumer<String, String> remove) {
      for (Name name : before.keySet()) {
        if (!after.containsKey(name)) {
          remove.accept(name.namespace(), name.name());
        }
      }
    }
  }
}
