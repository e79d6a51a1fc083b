package dev.sallyport.authz.file;

import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.config.document.ConfigDocuments;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * The roles and bindings of some files: YAML or JSON, any number of documents, Lists taken apart.
 * Documents of other API groups are passed over. Immutable.
 */
public record RbacManifests(List<Role> roles, List<RoleBinding> bindings) {

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
    ManifestReader reader = new ManifestReader(roles, bindings);
    for (FileContent file : files) {
      List<String> faults = faults(file, reader);
      if (!faults.isEmpty()) {
        throw new InvalidFileException(file.file(), String.join("; ", faults));
      }
    }
    return new RbacManifests(roles, bindings);
  }

  private static List<String> faults(FileContent file, ManifestReader reader)
      throws InvalidFileException {
    List<String> faults = new ArrayList<>();
    List<Fields> documents = ConfigDocuments.read(file, faults);
    for (int i = 0; i < documents.size(); i++) {
      String document = "document " + (i + 1) + ": ";
      int before = faults.size();
      reader.object(documents.get(i));
      faults.subList(before, faults.size()).replaceAll(fault -> document + fault);
    }
    return faults;
  }
}
