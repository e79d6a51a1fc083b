package dev.sallyport.authz.file;

import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The roles and bindings of some files: YAML or JSON, any number of documents, Lists taken apart.
 * Documents of other API groups are passed over. Immutable.
 */
public record RbacManifests(List<Role> roles, List<RoleBinding> bindings) {

  /** More characters than any policy written by hand, and few enough to be read in a moment. */
  private static final int MOST_CHARACTERS = 16 << 20;

  private static final int MOST_ALIASES = 50;

  public RbacManifests {
    roles = List.copyOf(roles);
    bindings = List.copyOf(bindings);
  }

  /**
   * @throws InvalidFileException for the first file at fault, with all its faults by the number of
   *     their document
   */
  public static RbacManifests parse(List<FileContent> files) throws InvalidFileException {
    List<Role> roles = new ArrayList<>();
    List<RoleBinding> bindings = new ArrayList<>();
    for (FileContent file : files) {
      ManifestReader reader = new ManifestReader(roles, bindings);
      documents(file, reader);
      if (!reader.faults().isEmpty()) {
        throw new InvalidFileException(file.file(), String.join("; ", reader.faults()));
      }
    }
    return new RbacManifests(roles, bindings);
  }

  private static void documents(FileContent file, ManifestReader reader)
      throws InvalidFileException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(String.valueOf(file.file().getFileName()))
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(MOST_CHARACTERS)
            .build();
    String text = new String(file.bytes(), StandardCharsets.UTF_8);
    int number = 0;
    try {
      Iterator<Object> documents = new Load(settings).loadAllFromString(text).iterator();
      while (documents.hasNext()) {
        number++;
        reader.document(number, documents.next());
      }
    } catch (YamlEngineException e) {
      // The engine's message quotes lines of the file; one line of it is enough.
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InvalidFileException(
          file.file(), "document " + Math.max(1, number) + ": no YAML: " + problem);
    }
  }
}
