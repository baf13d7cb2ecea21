<?xml version="1.0" encoding="UTF-8"?>
<!-- A bill of materials with the components of unpacked.xml beside its own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:bom="http://cyclonedx.org/schema/bom/1.6">
  <xsl:param name="unpacked"/>
  <xsl:output method="xml" indent="yes" encoding="UTF-8"/>

  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="/bom:bom/bom:components">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
      <xsl:copy-of select="document($unpacked)/bom:components/bom:component"/>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
