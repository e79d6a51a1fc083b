package dev.sallyport.config.routes;

import dev.sallyport.config.document.ConfigDocuments;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the file of {@code --routes-config}. Unknown fields are faults. */
public final class RoutesFile {

  private static final String VERSION = "sallyport.dev/v1alpha1";
  private static final String KIND = "RouteConfiguration";

  private final Path folder;

  private RoutesFile(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws InvalidFileException with everything that is wrong, each with its place in the file
   */
  public static RouteConfiguration parse(FileContent file) throws InvalidFileException {
    List<String> faults = new ArrayList<>();
    RouteConfiguration read = parse(file, faults);
    if (!faults.isEmpty()) {
      throw new InvalidFileException(file.file(), faults);
    }
    return read;
  }

  /**
   * Reads what can be read.
   *
   * @param faults where everything that is wrong is added
   * @throws InvalidFileException when it is no YAML or JSON
   */
  public static RouteConfiguration parse(FileContent file, List<String> faults)
      throws InvalidFileException {
    List<Fields> documents = ConfigDocuments.read(file, faults);
    if (documents.size() != 1) {
      throw new InvalidFileException(
          file.file(), "holds " + documents.size() + " documents (expected: one " + KIND + ")");
    }
    Fields root = documents.get(0);
    Path folder =
        Optional.ofNullable(file.file().toAbsolutePath().getParent()).orElse(Path.of("/"));
    RouteConfiguration read = new RoutesFile(folder).configuration(root);
    root.finish();
    return read;
  }

  private RouteConfiguration configuration(Fields root) {
    expect(root, "apiVersion", VERSION);
    expect(root, "kind", KIND);
    List<UpstreamSpec> upstreams = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields fields : root.objects("upstreams")) {
      UpstreamSpec upstream = new UpstreamReader(folder).read(fields);
      if (!names.add(upstream.name())) {
        fields.fault("name", "\"" + upstream.name() + "\" (expected: each name once)");
      }
      upstreams.add(upstream);
    }
    return new RouteConfiguration(upstreams, new RouteReader(folder, names).read(root));
  }

  private static void expect(Fields root, String field, String value) {
    String given = root.text(field);
    if (!given.equals(value)) {
      root.fault(field, "\"" + given + "\" (expected: " + value + ")");
    }
  }
}
