package dev.patchbay.model;

/// A company.
///
/// @param slug the name in addresses, such as `/call/{slug}`
/// @param region ISO 3166-1 alpha-2: how numbers are read and shown
public record CompanyView(CompanyId id, String name, String slug, String region, long version) {}
