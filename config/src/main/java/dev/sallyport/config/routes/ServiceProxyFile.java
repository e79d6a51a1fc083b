package dev.sallyport.config.routes;

import dev.sallyport.config.ServiceProxyConfig;
import dev.sallyport.config.document.ConfigDocuments;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configuration file of kube-rbac-proxy, and its flags, as a route's authorization. */
public final class ServiceProxyFile {

  private ServiceProxyFile() {}

  /**
   * Reads the file and forgets it again.
   *
   * @throws InvalidFileException with everything that is wrong with it
   */
  public static void check(Path file) throws InvalidFileException {
    var unused = parse(FileContent.read(file));
  }

  /**
   * What is asked about requests.
   *
   * @throws InvalidFileException with everything that is wrong with it
   */
  public static AttributesConfig parse(FileContent file) throws InvalidFileException {
    List<String> faults = new ArrayList<>();
    List<Fields> documents = ConfigDocuments.read(file, faults);
    if (documents.size() != 1) {
      throw new InvalidFileException(
          file.file(), "holds no configuration (expected: one document with authorization)");
    }
    Fields root = documents.get(0);
    AttributesConfig attributes = AttributesReader.read(root.object("authorization"));
    root.finish();
    if (!faults.isEmpty()) {
      throw new InvalidFileException(file.file(), faults);
    }
    return attributes;
  }

  /** The route that these flags and this file make. */
  public static RouteAuthorizationConfig route(
      ServiceProxyConfig flags, AttributesConfig attributes) {
    return RouteAuthorizationConfig.of(
        flags.cluster().isPresent()
            ? RouteAuthorizationConfig.Judge.UPSTREAM_REVIEW
            : RouteAuthorizationConfig.Judge.LOCAL,
        Optional.of(attributes),
        patterns(flags.allowPaths()),
        patterns(flags.ignorePaths()));
  }

  private static List<PathPattern> patterns(List<String> texts) {
    return texts.stream().map(PathPattern::parse).toList();
  }
}
