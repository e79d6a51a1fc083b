package dev.sallyport.resources;

import java.util.List;

/**
 * A group of resources as discovery lists it.
 *
 * @param name "" for the core group
 * @param versions the preferred one first
 */
public record ResourceGroup(String name, List<Version> versions) {

  public ResourceGroup {
    versions = List.copyOf(versions);
  }

  /**
   * @param resources in alphabetical order of their plurals
   */
  public record Version(String name, List<ResourceDefinition> resources) {
    public Version {
      resources = List.copyOf(resources);
    }
  }
}
