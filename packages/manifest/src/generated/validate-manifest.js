// Generated from schema/skill-manifest.schema.json by scripts/generate.ts; do not edit
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// <stdin>
var validate = validate20;
var stdin_default = validate20;
var schema31 = { "$id": "urn:carapace:schema:skill-manifest:1", "type": "object", "additionalProperties": false, "required": ["manifestVersion", "name", "version", "description", "main", "tools"], "properties": { "$schema": { "type": "string", "minLength": 1, "maxLength": 500 }, "manifestVersion": { "const": 1 }, "name": { "type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }, "version": { "type": "string", "minLength": 1, "maxLength": 64 }, "description": { "type": "string", "minLength": 1, "maxLength": 1024 }, "license": { "type": "string", "minLength": 1, "maxLength": 100 }, "main": { "type": "string", "minLength": 1, "maxLength": 200 }, "engines": { "type": "object", "additionalProperties": false, "properties": { "carapace": { "type": "string", "minLength": 1, "maxLength": 64 } } }, "tools": { "type": "object", "maxProperties": 64, "additionalProperties": { "$ref": "#/$defs/tool" } }, "permissions": { "$ref": "#/$defs/permissions" }, "config": { "$ref": "#/$defs/jsonSchema" }, "isolation": { "enum": ["call", "skill", "session"] }, "limits": { "$ref": "#/$defs/limits" } }, "$defs": { "jsonSchema": { "type": "object" }, "tool": { "type": "object", "additionalProperties": false, "required": ["description", "input"], "properties": { "title": { "type": "string", "minLength": 1, "maxLength": 100 }, "description": { "type": "string", "minLength": 1, "maxLength": 1024 }, "input": { "$ref": "#/$defs/jsonSchema" }, "output": { "$ref": "#/$defs/jsonSchema" }, "annotations": { "$ref": "#/$defs/annotations" }, "approval": { "enum": ["never", "once", "always"] }, "permissions": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 300 }, "maxItems": 64 }, "limits": { "$ref": "#/$defs/toolLimits" } } }, "toolLimits": { "type": "object", "additionalProperties": false, "properties": { "concurrency": { "type": "integer", "minimum": 1, "maximum": 64 }, "callsPerMinute": { "type": "integer", "minimum": 1, "maximum": 1e6 } } }, "annotations": { "type": "object", "additionalProperties": false, "properties": { "readOnly": { "type": "boolean" }, "destructive": { "type": "boolean" }, "idempotent": { "type": "boolean" }, "openWorld": { "type": "boolean" } } }, "permissions": { "type": "object", "additionalProperties": false, "properties": { "fs": { "type": "array", "items": { "$ref": "#/$defs/fsPermission" }, "maxItems": 16 }, "net": { "type": "array", "items": { "$ref": "#/$defs/netPermission" }, "maxItems": 32 }, "secrets": { "type": "array", "items": { "$ref": "#/$defs/secretPermission" }, "maxItems": 16 }, "data": { "$ref": "#/$defs/dataPermission" }, "jit": { "type": "boolean" } } }, "fsPermission": { "type": "object", "additionalProperties": false, "required": ["mount", "path", "access"], "properties": { "mount": { "type": "string", "minLength": 1, "maxLength": 32, "pattern": "^[a-z][a-z0-9-]*$" }, "path": { "type": "string", "minLength": 1, "maxLength": 1024 }, "access": { "type": "array", "items": { "enum": ["read", "list", "write", "create", "delete"] }, "maxItems": 5 }, "match": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 256 }, "maxItems": 32 }, "except": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 256 }, "maxItems": 32 }, "reason": { "type": "string", "minLength": 1, "maxLength": 300 } } }, "dataPermission": { "type": "object", "additionalProperties": false, "required": ["quotaMiB"], "properties": { "quotaMiB": { "type": "integer", "minimum": 1, "maximum": 1024 }, "files": { "type": "integer", "minimum": 1, "maximum": 1e5 }, "reason": { "type": "string", "minLength": 1, "maxLength": 300 } } }, "netPermission": { "type": "object", "additionalProperties": false, "required": ["host", "methods"], "properties": { "host": { "type": "string", "minLength": 1, "maxLength": 253 }, "scheme": { "enum": ["https", "http"] }, "ports": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 65535 }, "maxItems": 16 }, "methods": { "type": "array", "items": { "enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] }, "maxItems": 7 }, "paths": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 256 }, "maxItems": 16 }, "query": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 100 }, "maxItems": 64 }, "reason": { "type": "string", "minLength": 1, "maxLength": 300 } } }, "secretPermission": { "type": "object", "additionalProperties": false, "required": ["name", "description", "host", "in"], "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Z][A-Z0-9_]*$" }, "description": { "type": "string", "minLength": 1, "maxLength": 300 }, "host": { "type": "string", "minLength": 1, "maxLength": 253 }, "port": { "type": "integer", "minimum": 1, "maximum": 65535 }, "path": { "type": "string", "minLength": 1, "maxLength": 256 }, "in": { "$ref": "#/$defs/secretPlace" }, "reason": { "type": "string", "minLength": 1, "maxLength": 300 } } }, "secretPlace": { "type": "object", "additionalProperties": false, "properties": { "header": { "type": "string", "minLength": 1, "maxLength": 64 }, "prefix": { "type": "string", "minLength": 1, "maxLength": 64 }, "query": { "type": "string", "minLength": 1, "maxLength": 64 }, "basic": { "anyOf": [{ "const": true }, { "$ref": "#/$defs/basicPlace" }] }, "signer": { "type": "string", "minLength": 1, "maxLength": 64 }, "options": { "type": "object", "additionalProperties": { "type": "string", "maxLength": 256 }, "maxProperties": 16 } } }, "basicPlace": { "type": "object", "additionalProperties": false, "required": ["username"], "properties": { "username": { "type": "string", "minLength": 1, "maxLength": 128 } } }, "limits": { "type": "object", "additionalProperties": false, "properties": { "wallMs": { "type": "integer", "minimum": 10, "maximum": 3e5 }, "cpuMs": { "type": "integer", "minimum": 10, "maximum": 12e4 }, "memoryMiB": { "type": "integer", "minimum": 8, "maximum": 512 }, "outputKiB": { "type": "integer", "minimum": 1, "maximum": 4096 }, "logKiB": { "type": "integer", "minimum": 0, "maximum": 1024 }, "brokerCalls": { "type": "integer", "minimum": 0, "maximum": 1e5 }, "fetches": { "type": "integer", "minimum": 0, "maximum": 1e3 }, "bytesInMiB": { "type": "integer", "minimum": 0, "maximum": 256 }, "bytesOutKiB": { "type": "integer", "minimum": 0, "maximum": 65536 }, "fsReadMiB": { "type": "integer", "minimum": 0, "maximum": 1024 }, "fsWriteMiB": { "type": "integer", "minimum": 0, "maximum": 1024 }, "files": { "type": "integer", "minimum": 0, "maximum": 1e5 }, "concurrency": { "type": "integer", "minimum": 1, "maximum": 64 }, "callsPerMinute": { "type": "integer", "minimum": 1, "maximum": 1e6 } } } } };
var schema45 = { "type": "object", "additionalProperties": false, "properties": { "wallMs": { "type": "integer", "minimum": 10, "maximum": 3e5 }, "cpuMs": { "type": "integer", "minimum": 10, "maximum": 12e4 }, "memoryMiB": { "type": "integer", "minimum": 8, "maximum": 512 }, "outputKiB": { "type": "integer", "minimum": 1, "maximum": 4096 }, "logKiB": { "type": "integer", "minimum": 0, "maximum": 1024 }, "brokerCalls": { "type": "integer", "minimum": 0, "maximum": 1e5 }, "fetches": { "type": "integer", "minimum": 0, "maximum": 1e3 }, "bytesInMiB": { "type": "integer", "minimum": 0, "maximum": 256 }, "bytesOutKiB": { "type": "integer", "minimum": 0, "maximum": 65536 }, "fsReadMiB": { "type": "integer", "minimum": 0, "maximum": 1024 }, "fsWriteMiB": { "type": "integer", "minimum": 0, "maximum": 1024 }, "files": { "type": "integer", "minimum": 0, "maximum": 1e5 }, "concurrency": { "type": "integer", "minimum": 1, "maximum": 64 }, "callsPerMinute": { "type": "integer", "minimum": 1, "maximum": 1e6 } } };
var func0 = Object.prototype.hasOwnProperty;
var func68 = require_ucs2length().default;
var pattern4 = new RegExp("^[a-z0-9]+(-[a-z0-9]+)*$", "u");
var schema32 = { "type": "object", "additionalProperties": false, "required": ["description", "input"], "properties": { "title": { "type": "string", "minLength": 1, "maxLength": 100 }, "description": { "type": "string", "minLength": 1, "maxLength": 1024 }, "input": { "$ref": "#/$defs/jsonSchema" }, "output": { "$ref": "#/$defs/jsonSchema" }, "annotations": { "$ref": "#/$defs/annotations" }, "approval": { "enum": ["never", "once", "always"] }, "permissions": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 300 }, "maxItems": 64 }, "limits": { "$ref": "#/$defs/toolLimits" } } };
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate21.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.description === void 0 || !func0.call(data, "description")) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "description" }, message: "must have required property 'description'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.input === void 0 || !func0.call(data, "input")) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "input" }, message: "must have required property 'input'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === "title" || key0 === "description" || key0 === "input" || key0 === "output" || key0 === "annotations" || key0 === "approval" || key0 === "permissions" || key0 === "limits")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.title !== void 0 && func0.call(data, "title")) {
      let data0 = data.title;
      if (typeof data0 === "string") {
        if (func68(data0) > 100) {
          const err3 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters" };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
        if (func68(data0) < 1) {
          const err4 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.description !== void 0 && func0.call(data, "description")) {
      let data1 = data.description;
      if (typeof data1 === "string") {
        if (func68(data1) > 1024) {
          const err6 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters" };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        if (func68(data1) < 1) {
          const err7 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.input !== void 0 && func0.call(data, "input")) {
      let data2 = data.input;
      if (!(data2 && typeof data2 == "object" && !Array.isArray(data2))) {
        const err9 = { instancePath: instancePath + "/input", schemaPath: "#/$defs/jsonSchema/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.output !== void 0 && func0.call(data, "output")) {
      let data3 = data.output;
      if (!(data3 && typeof data3 == "object" && !Array.isArray(data3))) {
        const err10 = { instancePath: instancePath + "/output", schemaPath: "#/$defs/jsonSchema/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.annotations !== void 0 && func0.call(data, "annotations")) {
      let data4 = data.annotations;
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        for (const key1 of Object.keys(data4)) {
          if (!(key1 === "readOnly" || key1 === "destructive" || key1 === "idempotent" || key1 === "openWorld")) {
            const err11 = { instancePath: instancePath + "/annotations", schemaPath: "#/$defs/annotations/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data4.readOnly !== void 0 && func0.call(data4, "readOnly")) {
          if (typeof data4.readOnly !== "boolean") {
            const err12 = { instancePath: instancePath + "/annotations/readOnly", schemaPath: "#/$defs/annotations/properties/readOnly/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data4.destructive !== void 0 && func0.call(data4, "destructive")) {
          if (typeof data4.destructive !== "boolean") {
            const err13 = { instancePath: instancePath + "/annotations/destructive", schemaPath: "#/$defs/annotations/properties/destructive/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data4.idempotent !== void 0 && func0.call(data4, "idempotent")) {
          if (typeof data4.idempotent !== "boolean") {
            const err14 = { instancePath: instancePath + "/annotations/idempotent", schemaPath: "#/$defs/annotations/properties/idempotent/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
        if (data4.openWorld !== void 0 && func0.call(data4, "openWorld")) {
          if (typeof data4.openWorld !== "boolean") {
            const err15 = { instancePath: instancePath + "/annotations/openWorld", schemaPath: "#/$defs/annotations/properties/openWorld/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
      } else {
        const err16 = { instancePath: instancePath + "/annotations", schemaPath: "#/$defs/annotations/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.approval !== void 0 && func0.call(data, "approval")) {
      let data9 = data.approval;
      if (!(data9 === "never" || data9 === "once" || data9 === "always")) {
        const err17 = { instancePath: instancePath + "/approval", schemaPath: "#/properties/approval/enum", keyword: "enum", params: { allowedValues: schema32.properties.approval.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.permissions !== void 0 && func0.call(data, "permissions")) {
      let data10 = data.permissions;
      if (Array.isArray(data10)) {
        if (data10.length > 64) {
          const err18 = { instancePath: instancePath + "/permissions", schemaPath: "#/properties/permissions/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
        const len0 = data10.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data11 = data10[i0];
          if (typeof data11 === "string") {
            if (func68(data11) > 300) {
              const err19 = { instancePath: instancePath + "/permissions/" + i0, schemaPath: "#/properties/permissions/items/maxLength", keyword: "maxLength", params: { limit: 300 }, message: "must NOT have more than 300 characters" };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
            if (func68(data11) < 1) {
              const err20 = { instancePath: instancePath + "/permissions/" + i0, schemaPath: "#/properties/permissions/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
          } else {
            const err21 = { instancePath: instancePath + "/permissions/" + i0, schemaPath: "#/properties/permissions/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
      } else {
        const err22 = { instancePath: instancePath + "/permissions", schemaPath: "#/properties/permissions/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.limits !== void 0 && func0.call(data, "limits")) {
      let data12 = data.limits;
      if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
        for (const key2 of Object.keys(data12)) {
          if (!(key2 === "concurrency" || key2 === "callsPerMinute")) {
            const err23 = { instancePath: instancePath + "/limits", schemaPath: "#/$defs/toolLimits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
        if (data12.concurrency !== void 0 && func0.call(data12, "concurrency")) {
          let data13 = data12.concurrency;
          if (!(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13))) {
            const err24 = { instancePath: instancePath + "/limits/concurrency", schemaPath: "#/$defs/toolLimits/properties/concurrency/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
          if (typeof data13 == "number" && isFinite(data13)) {
            if (data13 > 64 || isNaN(data13)) {
              const err25 = { instancePath: instancePath + "/limits/concurrency", schemaPath: "#/$defs/toolLimits/properties/concurrency/maximum", keyword: "maximum", params: { comparison: "<=", limit: 64 }, message: "must be <= 64" };
              if (vErrors === null) {
                vErrors = [err25];
              } else {
                vErrors.push(err25);
              }
              errors++;
            }
            if (data13 < 1 || isNaN(data13)) {
              const err26 = { instancePath: instancePath + "/limits/concurrency", schemaPath: "#/$defs/toolLimits/properties/concurrency/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
          }
        }
        if (data12.callsPerMinute !== void 0 && func0.call(data12, "callsPerMinute")) {
          let data14 = data12.callsPerMinute;
          if (!(typeof data14 == "number" && (!(data14 % 1) && !isNaN(data14)) && isFinite(data14))) {
            const err27 = { instancePath: instancePath + "/limits/callsPerMinute", schemaPath: "#/$defs/toolLimits/properties/callsPerMinute/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
          if (typeof data14 == "number" && isFinite(data14)) {
            if (data14 > 1e6 || isNaN(data14)) {
              const err28 = { instancePath: instancePath + "/limits/callsPerMinute", schemaPath: "#/$defs/toolLimits/properties/callsPerMinute/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, message: "must be <= 1000000" };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
            if (data14 < 1 || isNaN(data14)) {
              const err29 = { instancePath: instancePath + "/limits/callsPerMinute", schemaPath: "#/$defs/toolLimits/properties/callsPerMinute/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          }
        }
      } else {
        const err30 = { instancePath: instancePath + "/limits", schemaPath: "#/$defs/toolLimits/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
  } else {
    const err31 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err31];
    } else {
      vErrors.push(err31);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}
validate21.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var schema38 = { "type": "object", "additionalProperties": false, "required": ["mount", "path", "access"], "properties": { "mount": { "type": "string", "minLength": 1, "maxLength": 32, "pattern": "^[a-z][a-z0-9-]*$" }, "path": { "type": "string", "minLength": 1, "maxLength": 1024 }, "access": { "type": "array", "items": { "enum": ["read", "list", "write", "create", "delete"] }, "maxItems": 5 }, "match": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 256 }, "maxItems": 32 }, "except": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 256 }, "maxItems": 32 }, "reason": { "type": "string", "minLength": 1, "maxLength": 300 } } };
var schema39 = { "type": "object", "additionalProperties": false, "required": ["host", "methods"], "properties": { "host": { "type": "string", "minLength": 1, "maxLength": 253 }, "scheme": { "enum": ["https", "http"] }, "ports": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 65535 }, "maxItems": 16 }, "methods": { "type": "array", "items": { "enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] }, "maxItems": 7 }, "paths": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 256 }, "maxItems": 16 }, "query": { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 100 }, "maxItems": 64 }, "reason": { "type": "string", "minLength": 1, "maxLength": 300 } } };
var pattern5 = new RegExp("^[a-z][a-z0-9-]*$", "u");
var pattern6 = new RegExp("^[A-Z][A-Z0-9_]*$", "u");
function validate25(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate25.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === "header" || key0 === "prefix" || key0 === "query" || key0 === "basic" || key0 === "signer" || key0 === "options")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.header !== void 0 && func0.call(data, "header")) {
      let data0 = data.header;
      if (typeof data0 === "string") {
        if (func68(data0) > 64) {
          const err1 = { instancePath: instancePath + "/header", schemaPath: "#/properties/header/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
        if (func68(data0) < 1) {
          const err2 = { instancePath: instancePath + "/header", schemaPath: "#/properties/header/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/header", schemaPath: "#/properties/header/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.prefix !== void 0 && func0.call(data, "prefix")) {
      let data1 = data.prefix;
      if (typeof data1 === "string") {
        if (func68(data1) > 64) {
          const err4 = { instancePath: instancePath + "/prefix", schemaPath: "#/properties/prefix/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (func68(data1) < 1) {
          const err5 = { instancePath: instancePath + "/prefix", schemaPath: "#/properties/prefix/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + "/prefix", schemaPath: "#/properties/prefix/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.query !== void 0 && func0.call(data, "query")) {
      let data2 = data.query;
      if (typeof data2 === "string") {
        if (func68(data2) > 64) {
          const err7 = { instancePath: instancePath + "/query", schemaPath: "#/properties/query/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (func68(data2) < 1) {
          const err8 = { instancePath: instancePath + "/query", schemaPath: "#/properties/query/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/query", schemaPath: "#/properties/query/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.basic !== void 0 && func0.call(data, "basic")) {
      let data3 = data.basic;
      const _errs9 = errors;
      let valid1 = false;
      const _errs10 = errors;
      if (true !== data3) {
        const err10 = { instancePath: instancePath + "/basic", schemaPath: "#/properties/basic/anyOf/0/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      var _valid0 = _errs10 === errors;
      valid1 = valid1 || _valid0;
      const _errs11 = errors;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        if (data3.username === void 0 || !func0.call(data3, "username")) {
          const err11 = { instancePath: instancePath + "/basic", schemaPath: "#/$defs/basicPlace/required", keyword: "required", params: { missingProperty: "username" }, message: "must have required property 'username'" };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
        for (const key1 of Object.keys(data3)) {
          if (!(key1 === "username")) {
            const err12 = { instancePath: instancePath + "/basic", schemaPath: "#/$defs/basicPlace/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data3.username !== void 0 && func0.call(data3, "username")) {
          let data4 = data3.username;
          if (typeof data4 === "string") {
            if (func68(data4) > 128) {
              const err13 = { instancePath: instancePath + "/basic/username", schemaPath: "#/$defs/basicPlace/properties/username/maxLength", keyword: "maxLength", params: { limit: 128 }, message: "must NOT have more than 128 characters" };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
            if (func68(data4) < 1) {
              const err14 = { instancePath: instancePath + "/basic/username", schemaPath: "#/$defs/basicPlace/properties/username/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          } else {
            const err15 = { instancePath: instancePath + "/basic/username", schemaPath: "#/$defs/basicPlace/properties/username/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
      } else {
        const err16 = { instancePath: instancePath + "/basic", schemaPath: "#/$defs/basicPlace/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
      var _valid0 = _errs11 === errors;
      valid1 = valid1 || _valid0;
      if (!valid1) {
        const err17 = { instancePath: instancePath + "/basic", schemaPath: "#/properties/basic/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      } else {
        errors = _errs9;
        if (vErrors !== null) {
          if (_errs9) {
            vErrors.length = _errs9;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.signer !== void 0 && func0.call(data, "signer")) {
      let data5 = data.signer;
      if (typeof data5 === "string") {
        if (func68(data5) > 64) {
          const err18 = { instancePath: instancePath + "/signer", schemaPath: "#/properties/signer/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
        if (func68(data5) < 1) {
          const err19 = { instancePath: instancePath + "/signer", schemaPath: "#/properties/signer/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
      } else {
        const err20 = { instancePath: instancePath + "/signer", schemaPath: "#/properties/signer/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.options !== void 0 && func0.call(data, "options")) {
      let data6 = data.options;
      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
        if (Object.keys(data6).length > 16) {
          const err21 = { instancePath: instancePath + "/options", schemaPath: "#/properties/options/maxProperties", keyword: "maxProperties", params: { limit: 16 }, message: "must NOT have more than 16 properties" };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
        for (const key2 of Object.keys(data6)) {
          let data7 = data6[key2];
          if (typeof data7 === "string") {
            if (func68(data7) > 256) {
              const err22 = { instancePath: instancePath + "/options/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/options/additionalProperties/maxLength", keyword: "maxLength", params: { limit: 256 }, message: "must NOT have more than 256 characters" };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            }
          } else {
            const err23 = { instancePath: instancePath + "/options/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/options/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
      } else {
        const err24 = { instancePath: instancePath + "/options", schemaPath: "#/properties/options/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
  } else {
    const err25 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err25];
    } else {
      vErrors.push(err25);
    }
    errors++;
  }
  validate25.errors = vErrors;
  return errors === 0;
}
validate25.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate24.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0 || !func0.call(data, "name")) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.description === void 0 || !func0.call(data, "description")) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "description" }, message: "must have required property 'description'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.host === void 0 || !func0.call(data, "host")) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.in === void 0 || !func0.call(data, "in")) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "in" }, message: "must have required property 'in'" };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === "name" || key0 === "description" || key0 === "host" || key0 === "port" || key0 === "path" || key0 === "in" || key0 === "reason")) {
        const err4 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.name !== void 0 && func0.call(data, "name")) {
      let data0 = data.name;
      if (typeof data0 === "string") {
        if (func68(data0) > 64) {
          const err5 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        if (func68(data0) < 1) {
          const err6 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        if (!pattern6.test(data0)) {
          const err7 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[A-Z][A-Z0-9_]*$" }, message: 'must match pattern "^[A-Z][A-Z0-9_]*$"' };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.description !== void 0 && func0.call(data, "description")) {
      let data1 = data.description;
      if (typeof data1 === "string") {
        if (func68(data1) > 300) {
          const err9 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/maxLength", keyword: "maxLength", params: { limit: 300 }, message: "must NOT have more than 300 characters" };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (func68(data1) < 1) {
          const err10 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.host !== void 0 && func0.call(data, "host")) {
      let data2 = data.host;
      if (typeof data2 === "string") {
        if (func68(data2) > 253) {
          const err12 = { instancePath: instancePath + "/host", schemaPath: "#/properties/host/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (func68(data2) < 1) {
          const err13 = { instancePath: instancePath + "/host", schemaPath: "#/properties/host/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      } else {
        const err14 = { instancePath: instancePath + "/host", schemaPath: "#/properties/host/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.port !== void 0 && func0.call(data, "port")) {
      let data3 = data.port;
      if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
        const err15 = { instancePath: instancePath + "/port", schemaPath: "#/properties/port/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
      if (typeof data3 == "number" && isFinite(data3)) {
        if (data3 > 65535 || isNaN(data3)) {
          const err16 = { instancePath: instancePath + "/port", schemaPath: "#/properties/port/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        if (data3 < 1 || isNaN(data3)) {
          const err17 = { instancePath: instancePath + "/port", schemaPath: "#/properties/port/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
      }
    }
    if (data.path !== void 0 && func0.call(data, "path")) {
      let data4 = data.path;
      if (typeof data4 === "string") {
        if (func68(data4) > 256) {
          const err18 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/maxLength", keyword: "maxLength", params: { limit: 256 }, message: "must NOT have more than 256 characters" };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
        if (func68(data4) < 1) {
          const err19 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
      } else {
        const err20 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.in !== void 0 && func0.call(data, "in")) {
      if (!validate25(data.in, { instancePath: instancePath + "/in", parentData: data, parentDataProperty: "in", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
    if (data.reason !== void 0 && func0.call(data, "reason")) {
      let data6 = data.reason;
      if (typeof data6 === "string") {
        if (func68(data6) > 300) {
          const err21 = { instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/maxLength", keyword: "maxLength", params: { limit: 300 }, message: "must NOT have more than 300 characters" };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
        if (func68(data6) < 1) {
          const err22 = { instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      } else {
        const err23 = { instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
  } else {
    const err24 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err24];
    } else {
      vErrors.push(err24);
    }
    errors++;
  }
  validate24.errors = vErrors;
  return errors === 0;
}
validate24.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate23(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate23.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === "fs" || key0 === "net" || key0 === "secrets" || key0 === "data" || key0 === "jit")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.fs !== void 0 && func0.call(data, "fs")) {
      let data0 = data.fs;
      if (Array.isArray(data0)) {
        if (data0.length > 16) {
          const err1 = { instancePath: instancePath + "/fs", schemaPath: "#/properties/fs/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items" };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data1 = data0[i0];
          if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
            if (data1.mount === void 0 || !func0.call(data1, "mount")) {
              const err2 = { instancePath: instancePath + "/fs/" + i0, schemaPath: "#/$defs/fsPermission/required", keyword: "required", params: { missingProperty: "mount" }, message: "must have required property 'mount'" };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
            if (data1.path === void 0 || !func0.call(data1, "path")) {
              const err3 = { instancePath: instancePath + "/fs/" + i0, schemaPath: "#/$defs/fsPermission/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
            if (data1.access === void 0 || !func0.call(data1, "access")) {
              const err4 = { instancePath: instancePath + "/fs/" + i0, schemaPath: "#/$defs/fsPermission/required", keyword: "required", params: { missingProperty: "access" }, message: "must have required property 'access'" };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
            for (const key1 of Object.keys(data1)) {
              if (!(key1 === "mount" || key1 === "path" || key1 === "access" || key1 === "match" || key1 === "except" || key1 === "reason")) {
                const err5 = { instancePath: instancePath + "/fs/" + i0, schemaPath: "#/$defs/fsPermission/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err5];
                } else {
                  vErrors.push(err5);
                }
                errors++;
              }
            }
            if (data1.mount !== void 0 && func0.call(data1, "mount")) {
              let data2 = data1.mount;
              if (typeof data2 === "string") {
                if (func68(data2) > 32) {
                  const err6 = { instancePath: instancePath + "/fs/" + i0 + "/mount", schemaPath: "#/$defs/fsPermission/properties/mount/maxLength", keyword: "maxLength", params: { limit: 32 }, message: "must NOT have more than 32 characters" };
                  if (vErrors === null) {
                    vErrors = [err6];
                  } else {
                    vErrors.push(err6);
                  }
                  errors++;
                }
                if (func68(data2) < 1) {
                  const err7 = { instancePath: instancePath + "/fs/" + i0 + "/mount", schemaPath: "#/$defs/fsPermission/properties/mount/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                  if (vErrors === null) {
                    vErrors = [err7];
                  } else {
                    vErrors.push(err7);
                  }
                  errors++;
                }
                if (!pattern5.test(data2)) {
                  const err8 = { instancePath: instancePath + "/fs/" + i0 + "/mount", schemaPath: "#/$defs/fsPermission/properties/mount/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]*$" }, message: 'must match pattern "^[a-z][a-z0-9-]*$"' };
                  if (vErrors === null) {
                    vErrors = [err8];
                  } else {
                    vErrors.push(err8);
                  }
                  errors++;
                }
              } else {
                const err9 = { instancePath: instancePath + "/fs/" + i0 + "/mount", schemaPath: "#/$defs/fsPermission/properties/mount/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
            }
            if (data1.path !== void 0 && func0.call(data1, "path")) {
              let data3 = data1.path;
              if (typeof data3 === "string") {
                if (func68(data3) > 1024) {
                  const err10 = { instancePath: instancePath + "/fs/" + i0 + "/path", schemaPath: "#/$defs/fsPermission/properties/path/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters" };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
                if (func68(data3) < 1) {
                  const err11 = { instancePath: instancePath + "/fs/" + i0 + "/path", schemaPath: "#/$defs/fsPermission/properties/path/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
              } else {
                const err12 = { instancePath: instancePath + "/fs/" + i0 + "/path", schemaPath: "#/$defs/fsPermission/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err12];
                } else {
                  vErrors.push(err12);
                }
                errors++;
              }
            }
            if (data1.access !== void 0 && func0.call(data1, "access")) {
              let data4 = data1.access;
              if (Array.isArray(data4)) {
                if (data4.length > 5) {
                  const err13 = { instancePath: instancePath + "/fs/" + i0 + "/access", schemaPath: "#/$defs/fsPermission/properties/access/maxItems", keyword: "maxItems", params: { limit: 5 }, message: "must NOT have more than 5 items" };
                  if (vErrors === null) {
                    vErrors = [err13];
                  } else {
                    vErrors.push(err13);
                  }
                  errors++;
                }
                const len1 = data4.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  let data5 = data4[i1];
                  if (!(data5 === "read" || data5 === "list" || data5 === "write" || data5 === "create" || data5 === "delete")) {
                    const err14 = { instancePath: instancePath + "/fs/" + i0 + "/access/" + i1, schemaPath: "#/$defs/fsPermission/properties/access/items/enum", keyword: "enum", params: { allowedValues: schema38.properties.access.items.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err14];
                    } else {
                      vErrors.push(err14);
                    }
                    errors++;
                  }
                }
              } else {
                const err15 = { instancePath: instancePath + "/fs/" + i0 + "/access", schemaPath: "#/$defs/fsPermission/properties/access/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err15];
                } else {
                  vErrors.push(err15);
                }
                errors++;
              }
            }
            if (data1.match !== void 0 && func0.call(data1, "match")) {
              let data6 = data1.match;
              if (Array.isArray(data6)) {
                if (data6.length > 32) {
                  const err16 = { instancePath: instancePath + "/fs/" + i0 + "/match", schemaPath: "#/$defs/fsPermission/properties/match/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                  if (vErrors === null) {
                    vErrors = [err16];
                  } else {
                    vErrors.push(err16);
                  }
                  errors++;
                }
                const len2 = data6.length;
                for (let i2 = 0; i2 < len2; i2++) {
                  let data7 = data6[i2];
                  if (typeof data7 === "string") {
                    if (func68(data7) > 256) {
                      const err17 = { instancePath: instancePath + "/fs/" + i0 + "/match/" + i2, schemaPath: "#/$defs/fsPermission/properties/match/items/maxLength", keyword: "maxLength", params: { limit: 256 }, message: "must NOT have more than 256 characters" };
                      if (vErrors === null) {
                        vErrors = [err17];
                      } else {
                        vErrors.push(err17);
                      }
                      errors++;
                    }
                    if (func68(data7) < 1) {
                      const err18 = { instancePath: instancePath + "/fs/" + i0 + "/match/" + i2, schemaPath: "#/$defs/fsPermission/properties/match/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err18];
                      } else {
                        vErrors.push(err18);
                      }
                      errors++;
                    }
                  } else {
                    const err19 = { instancePath: instancePath + "/fs/" + i0 + "/match/" + i2, schemaPath: "#/$defs/fsPermission/properties/match/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err19];
                    } else {
                      vErrors.push(err19);
                    }
                    errors++;
                  }
                }
              } else {
                const err20 = { instancePath: instancePath + "/fs/" + i0 + "/match", schemaPath: "#/$defs/fsPermission/properties/match/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
            }
            if (data1.except !== void 0 && func0.call(data1, "except")) {
              let data8 = data1.except;
              if (Array.isArray(data8)) {
                if (data8.length > 32) {
                  const err21 = { instancePath: instancePath + "/fs/" + i0 + "/except", schemaPath: "#/$defs/fsPermission/properties/except/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                  if (vErrors === null) {
                    vErrors = [err21];
                  } else {
                    vErrors.push(err21);
                  }
                  errors++;
                }
                const len3 = data8.length;
                for (let i3 = 0; i3 < len3; i3++) {
                  let data9 = data8[i3];
                  if (typeof data9 === "string") {
                    if (func68(data9) > 256) {
                      const err22 = { instancePath: instancePath + "/fs/" + i0 + "/except/" + i3, schemaPath: "#/$defs/fsPermission/properties/except/items/maxLength", keyword: "maxLength", params: { limit: 256 }, message: "must NOT have more than 256 characters" };
                      if (vErrors === null) {
                        vErrors = [err22];
                      } else {
                        vErrors.push(err22);
                      }
                      errors++;
                    }
                    if (func68(data9) < 1) {
                      const err23 = { instancePath: instancePath + "/fs/" + i0 + "/except/" + i3, schemaPath: "#/$defs/fsPermission/properties/except/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err23];
                      } else {
                        vErrors.push(err23);
                      }
                      errors++;
                    }
                  } else {
                    const err24 = { instancePath: instancePath + "/fs/" + i0 + "/except/" + i3, schemaPath: "#/$defs/fsPermission/properties/except/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err24];
                    } else {
                      vErrors.push(err24);
                    }
                    errors++;
                  }
                }
              } else {
                const err25 = { instancePath: instancePath + "/fs/" + i0 + "/except", schemaPath: "#/$defs/fsPermission/properties/except/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err25];
                } else {
                  vErrors.push(err25);
                }
                errors++;
              }
            }
            if (data1.reason !== void 0 && func0.call(data1, "reason")) {
              let data10 = data1.reason;
              if (typeof data10 === "string") {
                if (func68(data10) > 300) {
                  const err26 = { instancePath: instancePath + "/fs/" + i0 + "/reason", schemaPath: "#/$defs/fsPermission/properties/reason/maxLength", keyword: "maxLength", params: { limit: 300 }, message: "must NOT have more than 300 characters" };
                  if (vErrors === null) {
                    vErrors = [err26];
                  } else {
                    vErrors.push(err26);
                  }
                  errors++;
                }
                if (func68(data10) < 1) {
                  const err27 = { instancePath: instancePath + "/fs/" + i0 + "/reason", schemaPath: "#/$defs/fsPermission/properties/reason/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                  if (vErrors === null) {
                    vErrors = [err27];
                  } else {
                    vErrors.push(err27);
                  }
                  errors++;
                }
              } else {
                const err28 = { instancePath: instancePath + "/fs/" + i0 + "/reason", schemaPath: "#/$defs/fsPermission/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err28];
                } else {
                  vErrors.push(err28);
                }
                errors++;
              }
            }
          } else {
            const err29 = { instancePath: instancePath + "/fs/" + i0, schemaPath: "#/$defs/fsPermission/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
      } else {
        const err30 = { instancePath: instancePath + "/fs", schemaPath: "#/properties/fs/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
    if (data.net !== void 0 && func0.call(data, "net")) {
      let data11 = data.net;
      if (Array.isArray(data11)) {
        if (data11.length > 32) {
          const err31 = { instancePath: instancePath + "/net", schemaPath: "#/properties/net/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
        const len4 = data11.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data12 = data11[i4];
          if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
            if (data12.host === void 0 || !func0.call(data12, "host")) {
              const err32 = { instancePath: instancePath + "/net/" + i4, schemaPath: "#/$defs/netPermission/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'" };
              if (vErrors === null) {
                vErrors = [err32];
              } else {
                vErrors.push(err32);
              }
              errors++;
            }
            if (data12.methods === void 0 || !func0.call(data12, "methods")) {
              const err33 = { instancePath: instancePath + "/net/" + i4, schemaPath: "#/$defs/netPermission/required", keyword: "required", params: { missingProperty: "methods" }, message: "must have required property 'methods'" };
              if (vErrors === null) {
                vErrors = [err33];
              } else {
                vErrors.push(err33);
              }
              errors++;
            }
            for (const key2 of Object.keys(data12)) {
              if (!(key2 === "host" || key2 === "scheme" || key2 === "ports" || key2 === "methods" || key2 === "paths" || key2 === "query" || key2 === "reason")) {
                const err34 = { instancePath: instancePath + "/net/" + i4, schemaPath: "#/$defs/netPermission/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err34];
                } else {
                  vErrors.push(err34);
                }
                errors++;
              }
            }
            if (data12.host !== void 0 && func0.call(data12, "host")) {
              let data13 = data12.host;
              if (typeof data13 === "string") {
                if (func68(data13) > 253) {
                  const err35 = { instancePath: instancePath + "/net/" + i4 + "/host", schemaPath: "#/$defs/netPermission/properties/host/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
                if (func68(data13) < 1) {
                  const err36 = { instancePath: instancePath + "/net/" + i4 + "/host", schemaPath: "#/$defs/netPermission/properties/host/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                  if (vErrors === null) {
                    vErrors = [err36];
                  } else {
                    vErrors.push(err36);
                  }
                  errors++;
                }
              } else {
                const err37 = { instancePath: instancePath + "/net/" + i4 + "/host", schemaPath: "#/$defs/netPermission/properties/host/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err37];
                } else {
                  vErrors.push(err37);
                }
                errors++;
              }
            }
            if (data12.scheme !== void 0 && func0.call(data12, "scheme")) {
              let data14 = data12.scheme;
              if (!(data14 === "https" || data14 === "http")) {
                const err38 = { instancePath: instancePath + "/net/" + i4 + "/scheme", schemaPath: "#/$defs/netPermission/properties/scheme/enum", keyword: "enum", params: { allowedValues: schema39.properties.scheme.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err38];
                } else {
                  vErrors.push(err38);
                }
                errors++;
              }
            }
            if (data12.ports !== void 0 && func0.call(data12, "ports")) {
              let data15 = data12.ports;
              if (Array.isArray(data15)) {
                if (data15.length > 16) {
                  const err39 = { instancePath: instancePath + "/net/" + i4 + "/ports", schemaPath: "#/$defs/netPermission/properties/ports/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items" };
                  if (vErrors === null) {
                    vErrors = [err39];
                  } else {
                    vErrors.push(err39);
                  }
                  errors++;
                }
                const len5 = data15.length;
                for (let i5 = 0; i5 < len5; i5++) {
                  let data16 = data15[i5];
                  if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16))) {
                    const err40 = { instancePath: instancePath + "/net/" + i4 + "/ports/" + i5, schemaPath: "#/$defs/netPermission/properties/ports/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err40];
                    } else {
                      vErrors.push(err40);
                    }
                    errors++;
                  }
                  if (typeof data16 == "number" && isFinite(data16)) {
                    if (data16 > 65535 || isNaN(data16)) {
                      const err41 = { instancePath: instancePath + "/net/" + i4 + "/ports/" + i5, schemaPath: "#/$defs/netPermission/properties/ports/items/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
                      if (vErrors === null) {
                        vErrors = [err41];
                      } else {
                        vErrors.push(err41);
                      }
                      errors++;
                    }
                    if (data16 < 1 || isNaN(data16)) {
                      const err42 = { instancePath: instancePath + "/net/" + i4 + "/ports/" + i5, schemaPath: "#/$defs/netPermission/properties/ports/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                      if (vErrors === null) {
                        vErrors = [err42];
                      } else {
                        vErrors.push(err42);
                      }
                      errors++;
                    }
                  }
                }
              } else {
                const err43 = { instancePath: instancePath + "/net/" + i4 + "/ports", schemaPath: "#/$defs/netPermission/properties/ports/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err43];
                } else {
                  vErrors.push(err43);
                }
                errors++;
              }
            }
            if (data12.methods !== void 0 && func0.call(data12, "methods")) {
              let data17 = data12.methods;
              if (Array.isArray(data17)) {
                if (data17.length > 7) {
                  const err44 = { instancePath: instancePath + "/net/" + i4 + "/methods", schemaPath: "#/$defs/netPermission/properties/methods/maxItems", keyword: "maxItems", params: { limit: 7 }, message: "must NOT have more than 7 items" };
                  if (vErrors === null) {
                    vErrors = [err44];
                  } else {
                    vErrors.push(err44);
                  }
                  errors++;
                }
                const len6 = data17.length;
                for (let i6 = 0; i6 < len6; i6++) {
                  let data18 = data17[i6];
                  if (!(data18 === "GET" || data18 === "HEAD" || data18 === "POST" || data18 === "PUT" || data18 === "PATCH" || data18 === "DELETE" || data18 === "OPTIONS")) {
                    const err45 = { instancePath: instancePath + "/net/" + i4 + "/methods/" + i6, schemaPath: "#/$defs/netPermission/properties/methods/items/enum", keyword: "enum", params: { allowedValues: schema39.properties.methods.items.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err45];
                    } else {
                      vErrors.push(err45);
                    }
                    errors++;
                  }
                }
              } else {
                const err46 = { instancePath: instancePath + "/net/" + i4 + "/methods", schemaPath: "#/$defs/netPermission/properties/methods/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err46];
                } else {
                  vErrors.push(err46);
                }
                errors++;
              }
            }
            if (data12.paths !== void 0 && func0.call(data12, "paths")) {
              let data19 = data12.paths;
              if (Array.isArray(data19)) {
                if (data19.length > 16) {
                  const err47 = { instancePath: instancePath + "/net/" + i4 + "/paths", schemaPath: "#/$defs/netPermission/properties/paths/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items" };
                  if (vErrors === null) {
                    vErrors = [err47];
                  } else {
                    vErrors.push(err47);
                  }
                  errors++;
                }
                const len7 = data19.length;
                for (let i7 = 0; i7 < len7; i7++) {
                  let data20 = data19[i7];
                  if (typeof data20 === "string") {
                    if (func68(data20) > 256) {
                      const err48 = { instancePath: instancePath + "/net/" + i4 + "/paths/" + i7, schemaPath: "#/$defs/netPermission/properties/paths/items/maxLength", keyword: "maxLength", params: { limit: 256 }, message: "must NOT have more than 256 characters" };
                      if (vErrors === null) {
                        vErrors = [err48];
                      } else {
                        vErrors.push(err48);
                      }
                      errors++;
                    }
                    if (func68(data20) < 1) {
                      const err49 = { instancePath: instancePath + "/net/" + i4 + "/paths/" + i7, schemaPath: "#/$defs/netPermission/properties/paths/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err49];
                      } else {
                        vErrors.push(err49);
                      }
                      errors++;
                    }
                  } else {
                    const err50 = { instancePath: instancePath + "/net/" + i4 + "/paths/" + i7, schemaPath: "#/$defs/netPermission/properties/paths/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err50];
                    } else {
                      vErrors.push(err50);
                    }
                    errors++;
                  }
                }
              } else {
                const err51 = { instancePath: instancePath + "/net/" + i4 + "/paths", schemaPath: "#/$defs/netPermission/properties/paths/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err51];
                } else {
                  vErrors.push(err51);
                }
                errors++;
              }
            }
            if (data12.query !== void 0 && func0.call(data12, "query")) {
              let data21 = data12.query;
              if (Array.isArray(data21)) {
                if (data21.length > 64) {
                  const err52 = { instancePath: instancePath + "/net/" + i4 + "/query", schemaPath: "#/$defs/netPermission/properties/query/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                  if (vErrors === null) {
                    vErrors = [err52];
                  } else {
                    vErrors.push(err52);
                  }
                  errors++;
                }
                const len8 = data21.length;
                for (let i8 = 0; i8 < len8; i8++) {
                  let data22 = data21[i8];
                  if (typeof data22 === "string") {
                    if (func68(data22) > 100) {
                      const err53 = { instancePath: instancePath + "/net/" + i4 + "/query/" + i8, schemaPath: "#/$defs/netPermission/properties/query/items/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters" };
                      if (vErrors === null) {
                        vErrors = [err53];
                      } else {
                        vErrors.push(err53);
                      }
                      errors++;
                    }
                    if (func68(data22) < 1) {
                      const err54 = { instancePath: instancePath + "/net/" + i4 + "/query/" + i8, schemaPath: "#/$defs/netPermission/properties/query/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err54];
                      } else {
                        vErrors.push(err54);
                      }
                      errors++;
                    }
                  } else {
                    const err55 = { instancePath: instancePath + "/net/" + i4 + "/query/" + i8, schemaPath: "#/$defs/netPermission/properties/query/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err55];
                    } else {
                      vErrors.push(err55);
                    }
                    errors++;
                  }
                }
              } else {
                const err56 = { instancePath: instancePath + "/net/" + i4 + "/query", schemaPath: "#/$defs/netPermission/properties/query/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err56];
                } else {
                  vErrors.push(err56);
                }
                errors++;
              }
            }
            if (data12.reason !== void 0 && func0.call(data12, "reason")) {
              let data23 = data12.reason;
              if (typeof data23 === "string") {
                if (func68(data23) > 300) {
                  const err57 = { instancePath: instancePath + "/net/" + i4 + "/reason", schemaPath: "#/$defs/netPermission/properties/reason/maxLength", keyword: "maxLength", params: { limit: 300 }, message: "must NOT have more than 300 characters" };
                  if (vErrors === null) {
                    vErrors = [err57];
                  } else {
                    vErrors.push(err57);
                  }
                  errors++;
                }
                if (func68(data23) < 1) {
                  const err58 = { instancePath: instancePath + "/net/" + i4 + "/reason", schemaPath: "#/$defs/netPermission/properties/reason/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                  if (vErrors === null) {
                    vErrors = [err58];
                  } else {
                    vErrors.push(err58);
                  }
                  errors++;
                }
              } else {
                const err59 = { instancePath: instancePath + "/net/" + i4 + "/reason", schemaPath: "#/$defs/netPermission/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err59];
                } else {
                  vErrors.push(err59);
                }
                errors++;
              }
            }
          } else {
            const err60 = { instancePath: instancePath + "/net/" + i4, schemaPath: "#/$defs/netPermission/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err60];
            } else {
              vErrors.push(err60);
            }
            errors++;
          }
        }
      } else {
        const err61 = { instancePath: instancePath + "/net", schemaPath: "#/properties/net/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err61];
        } else {
          vErrors.push(err61);
        }
        errors++;
      }
    }
    if (data.secrets !== void 0 && func0.call(data, "secrets")) {
      let data24 = data.secrets;
      if (Array.isArray(data24)) {
        if (data24.length > 16) {
          const err62 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items" };
          if (vErrors === null) {
            vErrors = [err62];
          } else {
            vErrors.push(err62);
          }
          errors++;
        }
        const len9 = data24.length;
        for (let i9 = 0; i9 < len9; i9++) {
          if (!validate24(data24[i9], { instancePath: instancePath + "/secrets/" + i9, parentData: data24, parentDataProperty: i9, rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err63 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err63];
        } else {
          vErrors.push(err63);
        }
        errors++;
      }
    }
    if (data.data !== void 0 && func0.call(data, "data")) {
      let data26 = data.data;
      if (data26 && typeof data26 == "object" && !Array.isArray(data26)) {
        if (data26.quotaMiB === void 0 || !func0.call(data26, "quotaMiB")) {
          const err64 = { instancePath: instancePath + "/data", schemaPath: "#/$defs/dataPermission/required", keyword: "required", params: { missingProperty: "quotaMiB" }, message: "must have required property 'quotaMiB'" };
          if (vErrors === null) {
            vErrors = [err64];
          } else {
            vErrors.push(err64);
          }
          errors++;
        }
        for (const key3 of Object.keys(data26)) {
          if (!(key3 === "quotaMiB" || key3 === "files" || key3 === "reason")) {
            const err65 = { instancePath: instancePath + "/data", schemaPath: "#/$defs/dataPermission/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err65];
            } else {
              vErrors.push(err65);
            }
            errors++;
          }
        }
        if (data26.quotaMiB !== void 0 && func0.call(data26, "quotaMiB")) {
          let data27 = data26.quotaMiB;
          if (!(typeof data27 == "number" && (!(data27 % 1) && !isNaN(data27)) && isFinite(data27))) {
            const err66 = { instancePath: instancePath + "/data/quotaMiB", schemaPath: "#/$defs/dataPermission/properties/quotaMiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
          if (typeof data27 == "number" && isFinite(data27)) {
            if (data27 > 1024 || isNaN(data27)) {
              const err67 = { instancePath: instancePath + "/data/quotaMiB", schemaPath: "#/$defs/dataPermission/properties/quotaMiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1024 }, message: "must be <= 1024" };
              if (vErrors === null) {
                vErrors = [err67];
              } else {
                vErrors.push(err67);
              }
              errors++;
            }
            if (data27 < 1 || isNaN(data27)) {
              const err68 = { instancePath: instancePath + "/data/quotaMiB", schemaPath: "#/$defs/dataPermission/properties/quotaMiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err68];
              } else {
                vErrors.push(err68);
              }
              errors++;
            }
          }
        }
        if (data26.files !== void 0 && func0.call(data26, "files")) {
          let data28 = data26.files;
          if (!(typeof data28 == "number" && (!(data28 % 1) && !isNaN(data28)) && isFinite(data28))) {
            const err69 = { instancePath: instancePath + "/data/files", schemaPath: "#/$defs/dataPermission/properties/files/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err69];
            } else {
              vErrors.push(err69);
            }
            errors++;
          }
          if (typeof data28 == "number" && isFinite(data28)) {
            if (data28 > 1e5 || isNaN(data28)) {
              const err70 = { instancePath: instancePath + "/data/files", schemaPath: "#/$defs/dataPermission/properties/files/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e5 }, message: "must be <= 100000" };
              if (vErrors === null) {
                vErrors = [err70];
              } else {
                vErrors.push(err70);
              }
              errors++;
            }
            if (data28 < 1 || isNaN(data28)) {
              const err71 = { instancePath: instancePath + "/data/files", schemaPath: "#/$defs/dataPermission/properties/files/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err71];
              } else {
                vErrors.push(err71);
              }
              errors++;
            }
          }
        }
        if (data26.reason !== void 0 && func0.call(data26, "reason")) {
          let data29 = data26.reason;
          if (typeof data29 === "string") {
            if (func68(data29) > 300) {
              const err72 = { instancePath: instancePath + "/data/reason", schemaPath: "#/$defs/dataPermission/properties/reason/maxLength", keyword: "maxLength", params: { limit: 300 }, message: "must NOT have more than 300 characters" };
              if (vErrors === null) {
                vErrors = [err72];
              } else {
                vErrors.push(err72);
              }
              errors++;
            }
            if (func68(data29) < 1) {
              const err73 = { instancePath: instancePath + "/data/reason", schemaPath: "#/$defs/dataPermission/properties/reason/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
              if (vErrors === null) {
                vErrors = [err73];
              } else {
                vErrors.push(err73);
              }
              errors++;
            }
          } else {
            const err74 = { instancePath: instancePath + "/data/reason", schemaPath: "#/$defs/dataPermission/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err74];
            } else {
              vErrors.push(err74);
            }
            errors++;
          }
        }
      } else {
        const err75 = { instancePath: instancePath + "/data", schemaPath: "#/$defs/dataPermission/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err75];
        } else {
          vErrors.push(err75);
        }
        errors++;
      }
    }
    if (data.jit !== void 0 && func0.call(data, "jit")) {
      if (typeof data.jit !== "boolean") {
        const err76 = { instancePath: instancePath + "/jit", schemaPath: "#/properties/jit/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err76];
        } else {
          vErrors.push(err76);
        }
        errors++;
      }
    }
  } else {
    const err77 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err77];
    } else {
      vErrors.push(err77);
    }
    errors++;
  }
  validate23.errors = vErrors;
  return errors === 0;
}
validate23.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.manifestVersion === void 0 || !func0.call(data, "manifestVersion")) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "manifestVersion" }, message: "must have required property 'manifestVersion'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.name === void 0 || !func0.call(data, "name")) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.version === void 0 || !func0.call(data, "version")) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "version" }, message: "must have required property 'version'" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.description === void 0 || !func0.call(data, "description")) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "description" }, message: "must have required property 'description'" };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.main === void 0 || !func0.call(data, "main")) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "main" }, message: "must have required property 'main'" };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.tools === void 0 || !func0.call(data, "tools")) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "tools" }, message: "must have required property 'tools'" };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!func0.call(schema31.properties, key0)) {
        const err6 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.$schema !== void 0 && func0.call(data, "$schema")) {
      let data0 = data.$schema;
      if (typeof data0 === "string") {
        if (func68(data0) > 500) {
          const err7 = { instancePath: instancePath + "/$schema", schemaPath: "#/properties/%24schema/maxLength", keyword: "maxLength", params: { limit: 500 }, message: "must NOT have more than 500 characters" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (func68(data0) < 1) {
          const err8 = { instancePath: instancePath + "/$schema", schemaPath: "#/properties/%24schema/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/$schema", schemaPath: "#/properties/%24schema/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.manifestVersion !== void 0 && func0.call(data, "manifestVersion")) {
      if (1 !== data.manifestVersion) {
        const err10 = { instancePath: instancePath + "/manifestVersion", schemaPath: "#/properties/manifestVersion/const", keyword: "const", params: { allowedValue: 1 }, message: "must be equal to constant" };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.name !== void 0 && func0.call(data, "name")) {
      let data2 = data.name;
      if (typeof data2 === "string") {
        if (func68(data2) > 64) {
          const err11 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
        if (func68(data2) < 1) {
          const err12 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (!pattern4.test(data2)) {
          const err13 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }, message: 'must match pattern "^[a-z0-9]+(-[a-z0-9]+)*$"' };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      } else {
        const err14 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.version !== void 0 && func0.call(data, "version")) {
      let data3 = data.version;
      if (typeof data3 === "string") {
        if (func68(data3) > 64) {
          const err15 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        if (func68(data3) < 1) {
          const err16 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      } else {
        const err17 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.description !== void 0 && func0.call(data, "description")) {
      let data4 = data.description;
      if (typeof data4 === "string") {
        if (func68(data4) > 1024) {
          const err18 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters" };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
        if (func68(data4) < 1) {
          const err19 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
      } else {
        const err20 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.license !== void 0 && func0.call(data, "license")) {
      let data5 = data.license;
      if (typeof data5 === "string") {
        if (func68(data5) > 100) {
          const err21 = { instancePath: instancePath + "/license", schemaPath: "#/properties/license/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters" };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
        if (func68(data5) < 1) {
          const err22 = { instancePath: instancePath + "/license", schemaPath: "#/properties/license/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      } else {
        const err23 = { instancePath: instancePath + "/license", schemaPath: "#/properties/license/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.main !== void 0 && func0.call(data, "main")) {
      let data6 = data.main;
      if (typeof data6 === "string") {
        if (func68(data6) > 200) {
          const err24 = { instancePath: instancePath + "/main", schemaPath: "#/properties/main/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters" };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
        if (func68(data6) < 1) {
          const err25 = { instancePath: instancePath + "/main", schemaPath: "#/properties/main/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
      } else {
        const err26 = { instancePath: instancePath + "/main", schemaPath: "#/properties/main/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.engines !== void 0 && func0.call(data, "engines")) {
      let data7 = data.engines;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        for (const key1 of Object.keys(data7)) {
          if (!(key1 === "carapace")) {
            const err27 = { instancePath: instancePath + "/engines", schemaPath: "#/properties/engines/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        if (data7.carapace !== void 0 && func0.call(data7, "carapace")) {
          let data8 = data7.carapace;
          if (typeof data8 === "string") {
            if (func68(data8) > 64) {
              const err28 = { instancePath: instancePath + "/engines/carapace", schemaPath: "#/properties/engines/properties/carapace/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
            if (func68(data8) < 1) {
              const err29 = { instancePath: instancePath + "/engines/carapace", schemaPath: "#/properties/engines/properties/carapace/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          } else {
            const err30 = { instancePath: instancePath + "/engines/carapace", schemaPath: "#/properties/engines/properties/carapace/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
      } else {
        const err31 = { instancePath: instancePath + "/engines", schemaPath: "#/properties/engines/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err31];
        } else {
          vErrors.push(err31);
        }
        errors++;
      }
    }
    if (data.tools !== void 0 && func0.call(data, "tools")) {
      let data9 = data.tools;
      if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
        if (Object.keys(data9).length > 64) {
          const err32 = { instancePath: instancePath + "/tools", schemaPath: "#/properties/tools/maxProperties", keyword: "maxProperties", params: { limit: 64 }, message: "must NOT have more than 64 properties" };
          if (vErrors === null) {
            vErrors = [err32];
          } else {
            vErrors.push(err32);
          }
          errors++;
        }
        for (const key2 of Object.keys(data9)) {
          if (!validate21(data9[key2], { instancePath: instancePath + "/tools/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data9, parentDataProperty: key2, rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err33 = { instancePath: instancePath + "/tools", schemaPath: "#/properties/tools/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err33];
        } else {
          vErrors.push(err33);
        }
        errors++;
      }
    }
    if (data.permissions !== void 0 && func0.call(data, "permissions")) {
      if (!validate23(data.permissions, { instancePath: instancePath + "/permissions", parentData: data, parentDataProperty: "permissions", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
        errors = vErrors.length;
      }
    }
    if (data.config !== void 0 && func0.call(data, "config")) {
      let data12 = data.config;
      if (!(data12 && typeof data12 == "object" && !Array.isArray(data12))) {
        const err34 = { instancePath: instancePath + "/config", schemaPath: "#/$defs/jsonSchema/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.isolation !== void 0 && func0.call(data, "isolation")) {
      let data13 = data.isolation;
      if (!(data13 === "call" || data13 === "skill" || data13 === "session")) {
        const err35 = { instancePath: instancePath + "/isolation", schemaPath: "#/properties/isolation/enum", keyword: "enum", params: { allowedValues: schema31.properties.isolation.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err35];
        } else {
          vErrors.push(err35);
        }
        errors++;
      }
    }
    if (data.limits !== void 0 && func0.call(data, "limits")) {
      let data14 = data.limits;
      if (data14 && typeof data14 == "object" && !Array.isArray(data14)) {
        for (const key3 of Object.keys(data14)) {
          if (!func0.call(schema45.properties, key3)) {
            const err36 = { instancePath: instancePath + "/limits", schemaPath: "#/$defs/limits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        }
        if (data14.wallMs !== void 0 && func0.call(data14, "wallMs")) {
          let data15 = data14.wallMs;
          if (!(typeof data15 == "number" && (!(data15 % 1) && !isNaN(data15)) && isFinite(data15))) {
            const err37 = { instancePath: instancePath + "/limits/wallMs", schemaPath: "#/$defs/limits/properties/wallMs/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
          if (typeof data15 == "number" && isFinite(data15)) {
            if (data15 > 3e5 || isNaN(data15)) {
              const err38 = { instancePath: instancePath + "/limits/wallMs", schemaPath: "#/$defs/limits/properties/wallMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 3e5 }, message: "must be <= 300000" };
              if (vErrors === null) {
                vErrors = [err38];
              } else {
                vErrors.push(err38);
              }
              errors++;
            }
            if (data15 < 10 || isNaN(data15)) {
              const err39 = { instancePath: instancePath + "/limits/wallMs", schemaPath: "#/$defs/limits/properties/wallMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 }, message: "must be >= 10" };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
          }
        }
        if (data14.cpuMs !== void 0 && func0.call(data14, "cpuMs")) {
          let data16 = data14.cpuMs;
          if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16))) {
            const err40 = { instancePath: instancePath + "/limits/cpuMs", schemaPath: "#/$defs/limits/properties/cpuMs/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
          if (typeof data16 == "number" && isFinite(data16)) {
            if (data16 > 12e4 || isNaN(data16)) {
              const err41 = { instancePath: instancePath + "/limits/cpuMs", schemaPath: "#/$defs/limits/properties/cpuMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 12e4 }, message: "must be <= 120000" };
              if (vErrors === null) {
                vErrors = [err41];
              } else {
                vErrors.push(err41);
              }
              errors++;
            }
            if (data16 < 10 || isNaN(data16)) {
              const err42 = { instancePath: instancePath + "/limits/cpuMs", schemaPath: "#/$defs/limits/properties/cpuMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 }, message: "must be >= 10" };
              if (vErrors === null) {
                vErrors = [err42];
              } else {
                vErrors.push(err42);
              }
              errors++;
            }
          }
        }
        if (data14.memoryMiB !== void 0 && func0.call(data14, "memoryMiB")) {
          let data17 = data14.memoryMiB;
          if (!(typeof data17 == "number" && (!(data17 % 1) && !isNaN(data17)) && isFinite(data17))) {
            const err43 = { instancePath: instancePath + "/limits/memoryMiB", schemaPath: "#/$defs/limits/properties/memoryMiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err43];
            } else {
              vErrors.push(err43);
            }
            errors++;
          }
          if (typeof data17 == "number" && isFinite(data17)) {
            if (data17 > 512 || isNaN(data17)) {
              const err44 = { instancePath: instancePath + "/limits/memoryMiB", schemaPath: "#/$defs/limits/properties/memoryMiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 512 }, message: "must be <= 512" };
              if (vErrors === null) {
                vErrors = [err44];
              } else {
                vErrors.push(err44);
              }
              errors++;
            }
            if (data17 < 8 || isNaN(data17)) {
              const err45 = { instancePath: instancePath + "/limits/memoryMiB", schemaPath: "#/$defs/limits/properties/memoryMiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 8 }, message: "must be >= 8" };
              if (vErrors === null) {
                vErrors = [err45];
              } else {
                vErrors.push(err45);
              }
              errors++;
            }
          }
        }
        if (data14.outputKiB !== void 0 && func0.call(data14, "outputKiB")) {
          let data18 = data14.outputKiB;
          if (!(typeof data18 == "number" && (!(data18 % 1) && !isNaN(data18)) && isFinite(data18))) {
            const err46 = { instancePath: instancePath + "/limits/outputKiB", schemaPath: "#/$defs/limits/properties/outputKiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err46];
            } else {
              vErrors.push(err46);
            }
            errors++;
          }
          if (typeof data18 == "number" && isFinite(data18)) {
            if (data18 > 4096 || isNaN(data18)) {
              const err47 = { instancePath: instancePath + "/limits/outputKiB", schemaPath: "#/$defs/limits/properties/outputKiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4096 }, message: "must be <= 4096" };
              if (vErrors === null) {
                vErrors = [err47];
              } else {
                vErrors.push(err47);
              }
              errors++;
            }
            if (data18 < 1 || isNaN(data18)) {
              const err48 = { instancePath: instancePath + "/limits/outputKiB", schemaPath: "#/$defs/limits/properties/outputKiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err48];
              } else {
                vErrors.push(err48);
              }
              errors++;
            }
          }
        }
        if (data14.logKiB !== void 0 && func0.call(data14, "logKiB")) {
          let data19 = data14.logKiB;
          if (!(typeof data19 == "number" && (!(data19 % 1) && !isNaN(data19)) && isFinite(data19))) {
            const err49 = { instancePath: instancePath + "/limits/logKiB", schemaPath: "#/$defs/limits/properties/logKiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err49];
            } else {
              vErrors.push(err49);
            }
            errors++;
          }
          if (typeof data19 == "number" && isFinite(data19)) {
            if (data19 > 1024 || isNaN(data19)) {
              const err50 = { instancePath: instancePath + "/limits/logKiB", schemaPath: "#/$defs/limits/properties/logKiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1024 }, message: "must be <= 1024" };
              if (vErrors === null) {
                vErrors = [err50];
              } else {
                vErrors.push(err50);
              }
              errors++;
            }
            if (data19 < 0 || isNaN(data19)) {
              const err51 = { instancePath: instancePath + "/limits/logKiB", schemaPath: "#/$defs/limits/properties/logKiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err51];
              } else {
                vErrors.push(err51);
              }
              errors++;
            }
          }
        }
        if (data14.brokerCalls !== void 0 && func0.call(data14, "brokerCalls")) {
          let data20 = data14.brokerCalls;
          if (!(typeof data20 == "number" && (!(data20 % 1) && !isNaN(data20)) && isFinite(data20))) {
            const err52 = { instancePath: instancePath + "/limits/brokerCalls", schemaPath: "#/$defs/limits/properties/brokerCalls/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
          if (typeof data20 == "number" && isFinite(data20)) {
            if (data20 > 1e5 || isNaN(data20)) {
              const err53 = { instancePath: instancePath + "/limits/brokerCalls", schemaPath: "#/$defs/limits/properties/brokerCalls/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e5 }, message: "must be <= 100000" };
              if (vErrors === null) {
                vErrors = [err53];
              } else {
                vErrors.push(err53);
              }
              errors++;
            }
            if (data20 < 0 || isNaN(data20)) {
              const err54 = { instancePath: instancePath + "/limits/brokerCalls", schemaPath: "#/$defs/limits/properties/brokerCalls/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
          }
        }
        if (data14.fetches !== void 0 && func0.call(data14, "fetches")) {
          let data21 = data14.fetches;
          if (!(typeof data21 == "number" && (!(data21 % 1) && !isNaN(data21)) && isFinite(data21))) {
            const err55 = { instancePath: instancePath + "/limits/fetches", schemaPath: "#/$defs/limits/properties/fetches/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err55];
            } else {
              vErrors.push(err55);
            }
            errors++;
          }
          if (typeof data21 == "number" && isFinite(data21)) {
            if (data21 > 1e3 || isNaN(data21)) {
              const err56 = { instancePath: instancePath + "/limits/fetches", schemaPath: "#/$defs/limits/properties/fetches/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 }, message: "must be <= 1000" };
              if (vErrors === null) {
                vErrors = [err56];
              } else {
                vErrors.push(err56);
              }
              errors++;
            }
            if (data21 < 0 || isNaN(data21)) {
              const err57 = { instancePath: instancePath + "/limits/fetches", schemaPath: "#/$defs/limits/properties/fetches/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err57];
              } else {
                vErrors.push(err57);
              }
              errors++;
            }
          }
        }
        if (data14.bytesInMiB !== void 0 && func0.call(data14, "bytesInMiB")) {
          let data22 = data14.bytesInMiB;
          if (!(typeof data22 == "number" && (!(data22 % 1) && !isNaN(data22)) && isFinite(data22))) {
            const err58 = { instancePath: instancePath + "/limits/bytesInMiB", schemaPath: "#/$defs/limits/properties/bytesInMiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
          if (typeof data22 == "number" && isFinite(data22)) {
            if (data22 > 256 || isNaN(data22)) {
              const err59 = { instancePath: instancePath + "/limits/bytesInMiB", schemaPath: "#/$defs/limits/properties/bytesInMiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 256 }, message: "must be <= 256" };
              if (vErrors === null) {
                vErrors = [err59];
              } else {
                vErrors.push(err59);
              }
              errors++;
            }
            if (data22 < 0 || isNaN(data22)) {
              const err60 = { instancePath: instancePath + "/limits/bytesInMiB", schemaPath: "#/$defs/limits/properties/bytesInMiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err60];
              } else {
                vErrors.push(err60);
              }
              errors++;
            }
          }
        }
        if (data14.bytesOutKiB !== void 0 && func0.call(data14, "bytesOutKiB")) {
          let data23 = data14.bytesOutKiB;
          if (!(typeof data23 == "number" && (!(data23 % 1) && !isNaN(data23)) && isFinite(data23))) {
            const err61 = { instancePath: instancePath + "/limits/bytesOutKiB", schemaPath: "#/$defs/limits/properties/bytesOutKiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err61];
            } else {
              vErrors.push(err61);
            }
            errors++;
          }
          if (typeof data23 == "number" && isFinite(data23)) {
            if (data23 > 65536 || isNaN(data23)) {
              const err62 = { instancePath: instancePath + "/limits/bytesOutKiB", schemaPath: "#/$defs/limits/properties/bytesOutKiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65536 }, message: "must be <= 65536" };
              if (vErrors === null) {
                vErrors = [err62];
              } else {
                vErrors.push(err62);
              }
              errors++;
            }
            if (data23 < 0 || isNaN(data23)) {
              const err63 = { instancePath: instancePath + "/limits/bytesOutKiB", schemaPath: "#/$defs/limits/properties/bytesOutKiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err63];
              } else {
                vErrors.push(err63);
              }
              errors++;
            }
          }
        }
        if (data14.fsReadMiB !== void 0 && func0.call(data14, "fsReadMiB")) {
          let data24 = data14.fsReadMiB;
          if (!(typeof data24 == "number" && (!(data24 % 1) && !isNaN(data24)) && isFinite(data24))) {
            const err64 = { instancePath: instancePath + "/limits/fsReadMiB", schemaPath: "#/$defs/limits/properties/fsReadMiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err64];
            } else {
              vErrors.push(err64);
            }
            errors++;
          }
          if (typeof data24 == "number" && isFinite(data24)) {
            if (data24 > 1024 || isNaN(data24)) {
              const err65 = { instancePath: instancePath + "/limits/fsReadMiB", schemaPath: "#/$defs/limits/properties/fsReadMiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1024 }, message: "must be <= 1024" };
              if (vErrors === null) {
                vErrors = [err65];
              } else {
                vErrors.push(err65);
              }
              errors++;
            }
            if (data24 < 0 || isNaN(data24)) {
              const err66 = { instancePath: instancePath + "/limits/fsReadMiB", schemaPath: "#/$defs/limits/properties/fsReadMiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err66];
              } else {
                vErrors.push(err66);
              }
              errors++;
            }
          }
        }
        if (data14.fsWriteMiB !== void 0 && func0.call(data14, "fsWriteMiB")) {
          let data25 = data14.fsWriteMiB;
          if (!(typeof data25 == "number" && (!(data25 % 1) && !isNaN(data25)) && isFinite(data25))) {
            const err67 = { instancePath: instancePath + "/limits/fsWriteMiB", schemaPath: "#/$defs/limits/properties/fsWriteMiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err67];
            } else {
              vErrors.push(err67);
            }
            errors++;
          }
          if (typeof data25 == "number" && isFinite(data25)) {
            if (data25 > 1024 || isNaN(data25)) {
              const err68 = { instancePath: instancePath + "/limits/fsWriteMiB", schemaPath: "#/$defs/limits/properties/fsWriteMiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1024 }, message: "must be <= 1024" };
              if (vErrors === null) {
                vErrors = [err68];
              } else {
                vErrors.push(err68);
              }
              errors++;
            }
            if (data25 < 0 || isNaN(data25)) {
              const err69 = { instancePath: instancePath + "/limits/fsWriteMiB", schemaPath: "#/$defs/limits/properties/fsWriteMiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err69];
              } else {
                vErrors.push(err69);
              }
              errors++;
            }
          }
        }
        if (data14.files !== void 0 && func0.call(data14, "files")) {
          let data26 = data14.files;
          if (!(typeof data26 == "number" && (!(data26 % 1) && !isNaN(data26)) && isFinite(data26))) {
            const err70 = { instancePath: instancePath + "/limits/files", schemaPath: "#/$defs/limits/properties/files/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err70];
            } else {
              vErrors.push(err70);
            }
            errors++;
          }
          if (typeof data26 == "number" && isFinite(data26)) {
            if (data26 > 1e5 || isNaN(data26)) {
              const err71 = { instancePath: instancePath + "/limits/files", schemaPath: "#/$defs/limits/properties/files/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e5 }, message: "must be <= 100000" };
              if (vErrors === null) {
                vErrors = [err71];
              } else {
                vErrors.push(err71);
              }
              errors++;
            }
            if (data26 < 0 || isNaN(data26)) {
              const err72 = { instancePath: instancePath + "/limits/files", schemaPath: "#/$defs/limits/properties/files/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err72];
              } else {
                vErrors.push(err72);
              }
              errors++;
            }
          }
        }
        if (data14.concurrency !== void 0 && func0.call(data14, "concurrency")) {
          let data27 = data14.concurrency;
          if (!(typeof data27 == "number" && (!(data27 % 1) && !isNaN(data27)) && isFinite(data27))) {
            const err73 = { instancePath: instancePath + "/limits/concurrency", schemaPath: "#/$defs/limits/properties/concurrency/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err73];
            } else {
              vErrors.push(err73);
            }
            errors++;
          }
          if (typeof data27 == "number" && isFinite(data27)) {
            if (data27 > 64 || isNaN(data27)) {
              const err74 = { instancePath: instancePath + "/limits/concurrency", schemaPath: "#/$defs/limits/properties/concurrency/maximum", keyword: "maximum", params: { comparison: "<=", limit: 64 }, message: "must be <= 64" };
              if (vErrors === null) {
                vErrors = [err74];
              } else {
                vErrors.push(err74);
              }
              errors++;
            }
            if (data27 < 1 || isNaN(data27)) {
              const err75 = { instancePath: instancePath + "/limits/concurrency", schemaPath: "#/$defs/limits/properties/concurrency/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err75];
              } else {
                vErrors.push(err75);
              }
              errors++;
            }
          }
        }
        if (data14.callsPerMinute !== void 0 && func0.call(data14, "callsPerMinute")) {
          let data28 = data14.callsPerMinute;
          if (!(typeof data28 == "number" && (!(data28 % 1) && !isNaN(data28)) && isFinite(data28))) {
            const err76 = { instancePath: instancePath + "/limits/callsPerMinute", schemaPath: "#/$defs/limits/properties/callsPerMinute/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err76];
            } else {
              vErrors.push(err76);
            }
            errors++;
          }
          if (typeof data28 == "number" && isFinite(data28)) {
            if (data28 > 1e6 || isNaN(data28)) {
              const err77 = { instancePath: instancePath + "/limits/callsPerMinute", schemaPath: "#/$defs/limits/properties/callsPerMinute/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, message: "must be <= 1000000" };
              if (vErrors === null) {
                vErrors = [err77];
              } else {
                vErrors.push(err77);
              }
              errors++;
            }
            if (data28 < 1 || isNaN(data28)) {
              const err78 = { instancePath: instancePath + "/limits/callsPerMinute", schemaPath: "#/$defs/limits/properties/callsPerMinute/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err78];
              } else {
                vErrors.push(err78);
              }
              errors++;
            }
          }
        }
      } else {
        const err79 = { instancePath: instancePath + "/limits", schemaPath: "#/$defs/limits/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err79];
        } else {
          vErrors.push(err79);
        }
        errors++;
      }
    }
  } else {
    const err80 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err80];
    } else {
      vErrors.push(err80);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
export {
  stdin_default as default,
  validate
};
