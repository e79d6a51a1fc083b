package dev.sallyport.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The second door: may you do this.
 *
 * @param modes the authorizers, asked in this order; the first to allow or deny decides
 * @param rbacFile a YAML file (or folder of them) with roles and bindings to use instead of the
 *     store's
 */
public record AuthorizationConfig(List<AuthorizationMode> modes, Optional<Path> rbacFile) {
  public AuthorizationConfig {
    modes = List.copyOf(modes);
    Faults faults = new Faults();
    faults.check(!modes.isEmpty(), "--authorization-mode", "", "at least one mode");
    faults.check(
        modes.isEmpty() || EnumSet.copyOf(modes).size() == modes.size(),
        "--authorization-mode",
        String.join(",", modes.stream().map(AuthorizationMode::flagValue).toList()),
        "each mode once");
    if (rbacFile.isPresent()) {
      faults.check(
          modes.contains(AuthorizationMode.RBAC),
          "--rbac-file",
          rbacFile.get(),
          "--authorization-mode with RBAC");
    }
    faults.throwIfAny();
  }
}
